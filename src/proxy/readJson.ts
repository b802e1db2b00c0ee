import { ProxyError } from './proxyError.js';
import type { UpstreamAnswer } from './callUpstream.js';
import type { CallSubject } from './upstreamError.js';

/** An answer's files travel inside its JSON; above this it is no answer but a mistake that would eat the memory. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a JSON answer to its end before anything of it is passed on, so that a broken or foreign body becomes an error and never half an answer.
 *
 * @throws ProxyError `upstream_error` where it is not a JSON object.
 */
export async function readJson(
  answer: UpstreamAnswer,
  subject: CallSubject,
): Promise<{ readonly text: string; readonly json: Readonly<Record<string, unknown>> }> {
  const fail = (upstreamMessage: string): never => {
    const error = new ProxyError('upstream_error', {
      processed: subject.processedOnceSent,
      upstreamMessage,
      hint: 'What answered does not speak the Agents API. Check that upstream (ORQ_BASE_URL) is the address of the API, not of a web page or a gateway in front of it.',
    });
    answer.stop(error);
    throw error;
  };
  if (answer.contentType !== 'application/json') {
    // The type itself is not quoted: it is lower-cased by now, and a key in it would slip past the mask.
    return fail(
      `Answered with ${answer.contentType === 'text/html' ? 'an HTML page' : 'another content type'} instead of JSON.`,
    );
  }
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let chunk = await answer.read(); chunk !== null; chunk = await answer.read()) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return fail('Answered with too much JSON.');
    text += decoder.decode(chunk, { stream: true });
  }
  text += decoder.decode();
  const json = parse(text);
  return isObject(json) ? { text, json } : fail('Answered with a body that is not a JSON object.');
}

/** Whether a JSON answer is a response or a task (PROTOCOL.md 4.7). The API may also send an error with status 200, whose words must not get out. */
export function isResponseOrTask(json: Readonly<Record<string, unknown>>): boolean {
  return typeof json.task_id === 'string' || typeof json.id === 'string';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
