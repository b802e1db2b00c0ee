import { isOver, type AgentEvent } from '../core/agentEvent.js';
import type { Clock } from '../core/clock.js';
import { AgentChatError, toAgentChatError } from '../core/errors.js';
import type { AgentRequest, AgentTransport, FollowRequest, Receipt } from '../core/transport.js';
import { createAsk } from './createAsk.js';
import { decodeCapabilities } from './decodeCapabilities.js';
import { decodeCard } from './decodeCard.js';
import { parseJson } from './parseJson.js';
import { pollTask } from './pollTask.js';
import { readSnapshot } from './readSnapshot.js';
import { contentTypeOf, responsesPath, type RequestOptions } from './request.js';
import { boolean, id, literal, nullish, number, object, read } from './wireSchema.js';

export interface VerbsOptions {
  readonly request: RequestOptions;
  readonly clock: Clock;
  readonly random: () => number;
  readStream(body: ReadableStream<Uint8Array>, hasHeartbeats: boolean): AsyncIterable<AgentEvent>;
}

const ReceivedSchema = object({
  status: literal('received'),
  task_id: nullish(id),
  settled: nullish(boolean),
});
const UnknownSchema = object({ status: literal('unknown'), retained_s: nullish(number) });

export interface Verbs extends Required<Omit<AgentTransport, 'send' | 'answerMs'>> {
  /** What a JSON answer to a message says, and what becomes of its task. */
  readAnswer(response: Response, request: AgentRequest, isBackground: boolean): AsyncIterable<AgentEvent>;
}

/** Everything but sending: what can be asked about an agent, a message or a task, of the API by polling, of our proxy by the routes that it adds (DESIGN.md 4.6). */
export function createVerbs(options: VerbsOptions): Verbs {
  const { clock, random, readStream } = options;
  const ask = createAsk(options.request, clock);
  warnOfKeyInPage(options.request);

  async function* follow(input: FollowRequest): AsyncGenerator<AgentEvent> {
    const replay = input.lastEventId === undefined ? null : await openReplay(input, input.lastEventId);
    if (replay?.body) {
      const offer = decodeCapabilities(replay);
      if (offer) yield offer;
      yield { type: 'connection.changed', connection: 'streaming' };
      yield* readStream(replay.body, offer?.capabilities.heartbeats === true);
      return;
    }
    const { agentKey, taskId, signal } = input;
    const path = taskPath(agentKey, taskId);
    const poll = () => ask({ method: 'GET', path, hasTask: true, signal }, (response) => readSnapshot(response, true));
    yield* pollTask(poll, { clock, random, signal });
  }

  /** @returns `null` where the task can only be polled. */
  async function openReplay(
    { agentKey, taskId, signal }: FollowRequest,
    lastEventId: string,
  ): Promise<Response | null> {
    const path = `${taskPath(agentKey, taskId)}/events`;
    const headers = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
    try {
      const response = await ask({ method: 'GET', path, headers, hasTask: true, signal }, (begun) => begun);
      if (contentTypeOf(response) === 'text/event-stream') return response;
      await response.body?.cancel();
      return null;
    } catch (thrown) {
      // No answer at all is an outage, and no reason to give up the replay for good.
      if (signal.aborted || toAgentChatError(thrown).code === 'network') throw thrown;
      return null;
    }
  }

  return {
    follow,
    async *readAnswer(response, { agentKey, signal }, isBackground) {
      const snapshot = await readSnapshot(response, isBackground);
      yield { type: 'response.synced', response: snapshot };
      if (isOver(snapshot) || snapshot.taskId === null) return;
      yield { type: 'connection.changed', connection: 'polling' };
      yield* follow({ agentKey, taskId: snapshot.taskId, signal });
    },
    async receipt({ messageId, signal, onEvent }): Promise<Receipt> {
      const path = `/receipts/${encodeURIComponent(messageId)}`;
      const [offer, json] = await ask({ method: 'GET', path, hasTask: false, signal }, readJson);
      if (!offer) throw notOurProxy();
      onEvent?.(offer);
      const received = read(ReceivedSchema, json);
      if (received) {
        return { status: 'received', taskId: received.task_id ?? null, isSettled: received.settled ?? false };
      }
      const retainedMs = (read(UnknownSchema, json)?.retained_s ?? 0) * 1000; // anything else proves nothing
      return { status: 'unknown', retainedMs, epoch: offer.epoch };
    },
    async agent({ agentKey, signal, onEvent }) {
      const path = `/agents/${encodeURIComponent(agentKey)}`;
      const [offer, json] = await ask({ method: 'GET', path, hasTask: false, signal }, readJson);
      if (offer) onEvent?.(offer);
      return decodeCard(agentKey, json);
    },
    async cancel({ agentKey, taskId, signal }) {
      await ask({ method: 'POST', path: `${taskPath(agentKey, taskId)}/cancel`, hasTask: true, signal }, ignore);
    },
    async feedback({ agentKey, traceId, rating, comment, signal }) {
      const body = { agent: agentKey, trace_id: traceId, rating, comment };
      await ask({ method: 'POST', path: '/feedback', body, hasTask: false, signal }, ignore);
    },
    async review({ agentKey, taskId, toolCallId, review, reason, signal }) {
      const path = `${taskPath(agentKey, taskId)}/reviews/${encodeURIComponent(toolCallId)}`;
      await ask({ method: 'POST', path, body: { review, reason }, hasTask: true, signal }, ignore);
    },
  };
}

async function readJson(response: Response) {
  return [decodeCapabilities(response), parseJson(await response.text())] as const;
}

/** An answer that nobody reads would stay open. */
const ignore = (response: Response): Promise<void> | undefined => response.body?.cancel();

/** Retryable: a portal's login page stands in the way only for a while. */
function notOurProxy(): AgentChatError {
  return new AgentChatError({
    code: 'protocol',
    message:
      'The answer about a message came from something that is not our proxy, so it proves nothing. It is asked for again for a while. Check what stands between, and that the proxy exposes the header agent-chat-proxy.',
  });
}

function taskPath(agentKey: string, taskId: string): string {
  return `${responsesPath(agentKey)}/${encodeURIComponent(taskId)}`;
}

function warnOfKeyInPage({ headers = {} }: RequestOptions): void {
  if (typeof document === 'undefined' || !Object.keys(headers).some((name) => name.toLowerCase() === 'authorization'))
    return;
  console.warn(
    'agent-chat-widget: an authorization header is set in the page. If it is your Orq API key, every visitor can read it: keep the key in the proxy, and use `getToken` for tokens of visitors.',
  );
}
