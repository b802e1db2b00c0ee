import type { AgentEvent } from '../core/agentEvent.js';
import { systemClock } from '../core/clock.js';
import { once } from '../core/once.js';
import type { AgentTransport, SendRequest } from '../core/transport.js';
import { decodeCapabilities } from './decodeCapabilities.js';
import { encodeRequest, type ResponseMode } from './encodeRequest.js';
import { readResponse } from './readResponse.js';
import { contentTypeOf, request, responsesPath, type RequestOptions } from './request.js';

/** Where `createResponsesTransport` sends, and how it asks for answers. Only `url` is needed. */
export interface ResponsesTransportOptions extends RequestOptions {
  /** How answers are asked for. `stream` (default) shows text as it is written; `background` polls; `sync` waits for the whole answer in one request. */
  readonly mode?: ResponseMode | undefined;
  /** How long a stream with heartbeats may be silent before it counts as dropped. Milliseconds; default 45,000. */
  readonly silenceMs?: number | undefined;
  /**
   * How long the backend may take to begin its answer (the headers). Then the request is given up, and what became of the message is looked for; it is not sent again. Milliseconds; default 60,000,
   * twice what our proxy takes; without a limit in mode `sync`, where an answer begins when the agent is done.
   */
  readonly answerMs?: number | undefined;
  /** Jitter between polls: 0 ≤ n < 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * The v2 Agents Responses wire (PROTOCOL.md sections 4 to 8): `POST …/v2/agents/{agent}/responses` and `GET …/{task_id}`.
 * Works alike with our proxy, the emulator, and anything that passes these routes through; what our proxy adds is used where its header offers it.
 *
 * @example
 * createResponsesTransport({ url: '/api/agent-chat' });
 */
export function createResponsesTransport(options: ResponsesTransportOptions): AgentTransport {
  const { mode = 'stream', clock = systemClock, random = Math.random, silenceMs = 45_000 } = options;

  async function* send(input: SendRequest): AsyncGenerator<AgentEvent> {
    const response = await request(options, {
      method: 'POST',
      path: responsesPath(input.agentKey),
      body: encodeRequest(input, mode),
      headers: { 'idempotency-key': input.message.messageId },
      hasTask: input.taskId !== undefined,
      signal: input.signal,
    });
    const offer = decodeCapabilities(response);
    if (offer) yield offer;

    // What was asked for says nothing: `stream: true` may be answered with JSON (PROTOCOL.md 6.1).
    if (contentTypeOf(response) === 'text/event-stream' && response.body) {
      yield { type: 'connection.changed', connection: 'streaming' };
      yield* readStream(response.body, offer?.capabilities.heartbeats === true);
      return;
    }
    yield* (await loadVerbs()).readAnswer(response, input, mode === 'background');
  }

  function readStream(body: ReadableStream<Uint8Array>, hasHeartbeats: boolean): AsyncIterable<AgentEvent> {
    return readResponse(body, hasHeartbeats ? { clock, silenceMs } : null);
  }

  // Streaming needs none of it, so it is not in the way of the first answer.
  const loadVerbs = once(async () =>
    (await import('./beyondStreaming.js')).createVerbs({ request: options, clock, random, readStream }),
  );

  return {
    answerMs: options.answerMs ?? (mode === 'sync' ? undefined : 60_000),
    send,
    async *follow(input) {
      yield* (await loadVerbs()).follow(input);
    },
    receipt: async (input) => (await loadVerbs()).receipt(input),
    cancel: async (input) => (await loadVerbs()).cancel(input),
    feedback: async (input) => (await loadVerbs()).feedback(input),
    review: async (input) => (await loadVerbs()).review(input),
    agent: async (input) => (await loadVerbs()).agent(input),
  };
}
