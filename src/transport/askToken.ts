import { systemClock, within } from '../core/clock.js';
import { AgentChatError, toAgentChatError } from '../core/errors.js';
import type { RequestOptions } from './request.js';

const PATIENCE_MS = 10_000;
const TRIES = 3;

/**
 * The host's token for this request. Loaded only where the host has one to give. A token comes from somebody's network too, so that one failure is no reason to give up.
 *
 * @throws AgentChatError `unauthorized` after three tries that failed or took longer than 10 s.
 */
export async function askToken(
  getToken: NonNullable<RequestOptions['getToken']>,
  { clock = systemClock }: RequestOptions,
  refresh: boolean,
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await within(clock, PATIENCE_MS, Promise.resolve(getToken({ refresh })), tookTooLong);
    } catch (thrown) {
      if (tries === TRIES) throw noToken(thrown);
    }
  }
}

function tookTooLong(): Error {
  return new Error(`getToken did not answer within ${PATIENCE_MS / 1000} s.`);
}

function noToken(cause: unknown): AgentChatError {
  return new AgentChatError({
    code: 'unauthorized',
    message: `getToken failed ${TRIES} times: ${toAgentChatError(cause).message} Without a token nothing was sent. Make getToken wait or sign in again where it can.`,
    cause,
  });
}
