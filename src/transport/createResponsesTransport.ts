import { isOver, type AgentEvent, type ResponseSnapshot } from '../core/agentEvent.js';
import { systemClock, type Clock } from '../core/clock.js';
import { AgentChatError } from '../core/errors.js';
import type { AgentCard, AgentTransport, FollowRequest, SendRequest } from '../core/transport.js';
import { decodeCapabilities } from './decodeCapabilities.js';
import { decodeCard } from './decodeCard.js';
import { decodeErrorBody } from './decodeError.js';
import { parseJson } from './parseJson.js';
import { decodeResponse } from './decodeResponse.js';
import { encodeRequest, type ResponseMode } from './encodeRequest.js';
import { pollTask } from './pollTask.js';
import { readResponse } from './readResponse.js';
import { request, type RequestOptions } from './request.js';

export interface ResponsesTransportOptions extends RequestOptions {
  /** How answers are asked for. `stream` (default) shows text as it is written; `background` polls; `sync` waits for the whole answer in one request. */
  readonly mode?: ResponseMode | undefined;
  /** Time between polls. Default: the platform's. */
  readonly clock?: Clock | undefined;
  /** Jitter between polls: 0 ≤ n < 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * The v2 Agents Responses wire (PROTOCOL.md sections 4 to 8): `POST …/v2/agents/{agent}/responses` and `GET …/{task_id}`.
 * Works alike with our proxy, the emulator, and anything that passes these routes through.
 *
 * @example
 * createResponsesTransport({ url: '/api/agent-chat' });
 */
export function createResponsesTransport(options: ResponsesTransportOptions): AgentTransport {
  const { mode = 'stream', clock = systemClock, random = Math.random } = options;
  warnOfKeyInPage(options);

  async function* send(input: SendRequest): AsyncGenerator<AgentEvent> {
    const response = await request(options, {
      method: 'POST',
      path: responsesPath(input.agentKey),
      body: encodeRequest(input, mode),
      headers: { 'idempotency-key': input.message.messageId },
      hasTask: input.taskId !== undefined,
      signal: input.signal,
    });
    const capabilities = decodeCapabilities(response.headers.get('agent-chat-proxy'));
    if (capabilities) yield { type: 'capabilities.changed', capabilities };

    // What was asked for says nothing: `stream: true` may be answered with JSON (PROTOCOL.md 6.1).
    if (contentTypeOf(response) === 'text/event-stream' && response.body) {
      yield { type: 'connection.changed', connection: 'streaming' };
      yield* readResponse(response.body);
      return;
    }
    const snapshot = await readSnapshot(response, mode === 'background');
    yield { type: 'response.synced', response: snapshot };
    if (isOver(snapshot) || snapshot.taskId === null) return;
    yield { type: 'connection.changed', connection: 'polling' };
    yield* follow({ ...input, taskId: snapshot.taskId });
  }

  async function* follow({ agentKey, taskId, signal }: FollowRequest): AsyncGenerator<AgentEvent> {
    const path = `${responsesPath(agentKey)}/${encodeURIComponent(taskId)}`;
    const poll = async (): Promise<ResponseSnapshot> =>
      readSnapshot(await request(options, { method: 'GET', path, hasTask: true, signal }), true);
    yield* pollTask(poll, { clock, random, signal });
  }

  async function agent({ agentKey, signal }: { agentKey: string; signal: AbortSignal }): Promise<AgentCard | null> {
    const path = `/agents/${encodeURIComponent(agentKey)}`;
    const response = await request(options, { method: 'GET', path, hasTask: false, signal });
    return decodeCard(agentKey, parseJson(await response.text()));
  }

  return { send, follow, agent };
}

function responsesPath(agentKey: string): string {
  return `/v2/agents/${encodeURIComponent(agentKey)}/responses`;
}

function contentTypeOf(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
}

async function readSnapshot(response: Response, isBackground: boolean): Promise<ResponseSnapshot> {
  const body = await response.text().catch((cause: unknown) => {
    throw new AgentChatError({
      code: 'network',
      message: `The answer of ${response.url || 'the backend'} broke off; the agent may go on. Check the connection, and for a proxy between that cuts long requests.`,
      cause,
    });
  });
  const type = contentTypeOf(response);
  const snapshot = type.endsWith('json') ? decodeResponse(parseJson(body), isBackground) : null;
  if (snapshot) return snapshot;
  const { message } = decodeErrorBody(body); // an error body may come with a 200 (PROTOCOL.md 4.7)
  throw new AgentChatError({
    code: 'protocol',
    status: response.status,
    message: `${response.url || 'The backend'} answered ${response.status} with ${type || 'no content type'}${message ? `: ${message}` : ''}. That is no answer of the Agents API. Check that \`url\` points to the proxy and not to a page.`,
  });
}

function warnOfKeyInPage({ headers = {} }: ResponsesTransportOptions): void {
  if (typeof document === 'undefined' || !Object.keys(headers).some((name) => name.toLowerCase() === 'authorization'))
    return;
  console.warn(
    'agent-chat-widget: an authorization header is set in the page. If it is your Orq API key, every visitor can read it: keep the key in the proxy, and use `getToken` for tokens of visitors.',
  );
}
