import type { AgentEvent } from '../../src/core/agentEvent.js';
import type { AgentTransport, FollowRequest, SendRequest } from '../../src/core/transport.js';

/** One call of a transport's verb, answered by the test. */
export interface FakeExchange<Request> {
  readonly request: Request;
  /** Yields these events. */
  emit(...events: readonly AgentEvent[]): void;
  /** Ends the iterable. */
  end(): void;
  /** Makes it throw. */
  fail(error: unknown): void;
  /** Whether the reader left before the end. */
  readonly wasLeft: () => boolean;
}

export interface FakeTransport extends AgentTransport {
  readonly sends: FakeExchange<SendRequest>[];
  readonly follows: FakeExchange<FollowRequest>[];
}

/** A transport whose answers the test writes as it goes. Like a real one it stops when the signal is aborted. */
export function createFakeTransport(verbs: Omit<AgentTransport, 'send' | 'follow'> = {}): FakeTransport {
  const sends: FakeExchange<SendRequest>[] = [];
  const follows: FakeExchange<FollowRequest>[] = [];
  return {
    ...verbs,
    sends,
    follows,
    send(request) {
      const { exchange, events } = openExchange(request);
      sends.push(exchange);
      return events;
    },
    follow(request) {
      const { exchange, events } = openExchange(request);
      follows.push(exchange);
      return events;
    },
  };
}

function openExchange<Request extends { readonly signal: AbortSignal }>(
  request: Request,
): { exchange: FakeExchange<Request>; events: AsyncIterable<AgentEvent> } {
  const steps: (() => AgentEvent | null)[] = [];
  let wake = (): void => undefined;
  let left = false;
  const push = (step: () => AgentEvent | null): void => {
    steps.push(step);
    wake();
  };
  const wakeUp = (): void => wake();
  request.signal.addEventListener('abort', wakeUp);
  async function* read(): AsyncGenerator<AgentEvent> {
    try {
      for (;;) {
        request.signal.throwIfAborted();
        const step = steps.shift();
        if (!step) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        const event = step();
        if (!event) return;
        yield event;
      }
    } finally {
      left = true;
      request.signal.removeEventListener('abort', wakeUp);
    }
  }
  return {
    events: read(),
    exchange: {
      request,
      emit: (...events) => events.forEach((event) => push(() => event)),
      end: () => push(() => null),
      fail: (error) =>
        push(() => {
          throw error;
        }),
      wasLeft: () => left,
    },
  };
}
