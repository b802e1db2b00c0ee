import type { AgentChatError } from '../core/errors.js';
import { decodeError, type FailedRequest } from './decodeError.js';
import { retryAfter } from './retryAfter.js';

/** What an HTTP answer means that is no success. Never throws. */
export async function readError(
  response: Response,
  { method, url, hasTask }: Pick<FailedRequest, 'method' | 'url' | 'hasTask'>,
): Promise<AgentChatError> {
  const { status, statusText, headers } = response;
  return decodeError({
    ...{ method, url, hasTask, status, statusText },
    contentType: headers.get('content-type') ?? '',
    body: await response.text().catch(() => ''),
    requestId: headers.get('x-request-id'),
    retryAfterMs: retryAfter(headers, Date.now()),
  });
}
