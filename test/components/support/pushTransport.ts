// Loaded when it is needed; here at once, so that a test need not wait for a file.
import '../../../src/core/recovery/createRecovery.js';
import type { AgentEvent } from '../../../src/core/agentEvent.js';
import { AgentChatError } from '../../../src/core/errors.js';
import type { AgentTransport, SendRequest } from '../../../src/core/transport.js';

/** A transport whose answers the test hands out one event at a time. */
export interface PushTransport extends AgentTransport {
  /** What was sent, oldest first. */
  readonly requests: readonly SendRequest[];
  /** Lets the newest request yield. */
  push(...events: readonly AgentEvent[]): void;
  /** Lets the newest request throw. */
  fail(error: AgentChatError): void;
}

export function createPushTransport(): PushTransport {
  const requests: SendRequest[] = [];
  let waiting: (AgentEvent | AgentChatError)[] = [];
  let wake: () => void = () => undefined;
  const give = (...items: readonly (AgentEvent | AgentChatError)[]): void => {
    waiting.push(...items);
    wake();
  };
  return {
    requests,
    push: give,
    fail: give,
    async *send(request) {
      requests.push(request);
      waiting = [];
      while (!request.signal.aborted) {
        const next = waiting.shift();
        if (next === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            request.signal.addEventListener('abort', () => resolve());
          });
        } else if (next instanceof AgentChatError) throw next;
        else {
          yield next;
          if (next.type === 'response.done' || next.type === 'response.failed') return;
        }
      }
    },

    async *follow() {
      return;
    },
  };
}
