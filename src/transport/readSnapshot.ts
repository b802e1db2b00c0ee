import type { ResponseSnapshot } from '../core/agentEvent.js';
import { AgentChatError } from '../core/errors.js';
import { decodeErrorBody } from './decodeError.js';
import { decodeResponse } from './decodeResponse.js';
import { parseJson } from './parseJson.js';
import { contentTypeOf } from './request.js';

/**
 * A JSON answer.
 *
 * @throws AgentChatError `network` where it broke off, `protocol` where it is something else.
 */
export async function readSnapshot(response: Response, isBackground: boolean): Promise<ResponseSnapshot> {
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
