import { HTTPClient, Orq } from '@orq-ai/node';
import type { InputPart, SendRequest } from '../../src/core/transport.js';
import type { ResponseMode } from '../../src/transport/encodeRequest.js';

/** A request on the wire. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
}

/** Where the bodies may differ, and why. Nothing else may. */
export const sdkExceptions: Readonly<Record<string, string>> = {
  background: 'The SDK writes the default `false`; we leave out what is the default (PROTOCOL.md 4.1).',
  stream: 'The SDK writes the default `false`; we leave out what is the default (PROTOCOL.md 4.1).',
};

type SdkCall = (client: Orq) => Promise<unknown>;
type SdkRequest = Parameters<Orq['agents']['responses']['create']>[0];
type SdkPart = SdkRequest['message']['parts'][number];

/** What the official SDK puts on the wire when it is called with the same meaning. */
export function postBySdk(serverURL: string, request: SendRequest, mode: ResponseMode): Promise<WireRequest> {
  return record(serverURL, (client) => client.agents.responses.create(toSdkRequest(request, mode), request.agentKey));
}

export function getBySdk(serverURL: string, agentKey: string, taskId: string): Promise<WireRequest> {
  return record(serverURL, (client) => client.agents.responses.get({ agentKey, taskId }));
}

/** The paths at which our body and the SDK's say different things. */
export function differencesFromSdk(ours: unknown, sdks: unknown): string[] {
  return differences(ours, sdks, '').filter((path) => !isDefaultOfSdk(path, ours, sdks));
}

function isDefaultOfSdk(path: string, ours: unknown, sdks: unknown): boolean {
  return path in sdkExceptions && isRecord(ours) && isRecord(sdks) && !(path in ours) && sdks[path] === false;
}

function differences(a: unknown, b: unknown, path: string): string[] {
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((each, index) => differences(each, b[index], `${path}[${index}]`));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].flatMap((key) => differences(a[key], b[key], path === '' ? key : `${path}.${key}`));
  }
  return Object.is(a, b) ? [] : [path];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function record(serverURL: string, call: SdkCall): Promise<WireRequest> {
  const recorded: WireRequest[] = [];
  const client = new Orq({
    apiKey: 'key',
    serverURL,
    httpClient: new HTTPClient({
      async fetcher(input, init) {
        const request = new Request(input, init);
        const text = await request.text();
        recorded.push({
          method: request.method,
          url: request.url,
          ...(text ? { body: JSON.parse(text) as unknown } : {}),
        });
        return Response.json({});
      },
    }),
  });
  await call(client).catch(() => undefined); // it finds the empty answer invalid; only its request is of interest
  const [request] = recorded;
  if (!request || recorded.length > 1) throw new Error(`The SDK made ${recorded.length} requests instead of one.`);
  return request;
}

function toSdkRequest(request: SendRequest, mode: ResponseMode): SdkRequest {
  const { taskId, message, variables, identity, thread, memory, metadata } = request;
  return {
    taskId,
    message: { messageId: message.messageId, role: message.role, parts: message.parts.map(toSdkPart) },
    variables: variables && { ...variables },
    identity: identity && {
      id: identity.id,
      displayName: identity.displayName,
      email: identity.email,
      metadata: identity.metadata?.map((each) => ({ ...each })),
      logoUrl: identity.logoUrl,
      tags: identity.tags && [...identity.tags],
    },
    thread: thread && { id: thread.id, tags: thread.tags && [...thread.tags] },
    memory: memory && { entityId: memory.entityId },
    metadata: metadata && { ...metadata },
    ...(mode === 'stream' ? { stream: true } : {}),
    ...(mode === 'background' ? { background: true } : {}),
  };
}

function toSdkPart(part: InputPart): SdkPart {
  switch (part.kind) {
    case 'text':
      return { kind: 'text', text: part.text };
    case 'tool_result':
      return { kind: 'tool_result', toolCallId: part.toolCallId, result: part.result };
    case 'file': {
      const { bytes, uri, mimeType, name } = part.file;
      return { kind: 'file', file: bytes === undefined ? { uri: uri!, mimeType, name } : { bytes, mimeType, name } };
    }
  }
}
