import { atMost } from '../core/atMost.js';
import type { Clock } from '../core/clock.js';
import { AgentChatError, toAgentChatError } from '../core/errors.js';
import { once } from '../core/once.js';
import { request, type RequestInput, type RequestOptions } from './request.js';
import { warnOfOrigin } from './warnOfOrigin.js';

/** None of these questions takes a server longer. */
const PATIENCE_MS = 45_000;

/**
 * Asks something, and reads the answer; of a stream only that it begins.
 *
 * @throws AgentChatError as `request` does; also `network` where nothing came for 45 s: a connection that carries nothing any more would be waited for without end.
 */
export type Ask = <T>(input: RequestInput, read: (response: Response) => T | Promise<T>) => Promise<T>;

export function createAsk(options: RequestOptions, clock: Clock): Ask {
  let isReachable = false;
  const suspectOrigin = once(() => warnOfOrigin(options));

  async function attempt(input: RequestInput): Promise<Response> {
    try {
      const response = await request(options, input);
      isReachable = true;
      return response;
    } catch (thrown) {
      if (!input.signal.aborted) {
        isReachable ||= toAgentChatError(thrown).code !== 'network';
        if (!isReachable) suspectOrigin().catch(() => undefined);
      }
      throw thrown;
    }
  }

  return (input, read) => {
    const ask = (signal: AbortSignal) => attempt({ ...input, signal }).then(read);
    return atMost(clock, PATIENCE_MS, input.signal, ask, () => unanswered(input));
  };
}

function unanswered({ method, path }: RequestInput): AgentChatError {
  return new AgentChatError({
    code: 'network',
    message: `${method} ${path} was not answered within ${PATIENCE_MS / 1000} s. It was given up, and is tried again where that does no harm. Look at the connection, and for a proxy between that holds answers back.`,
  });
}
