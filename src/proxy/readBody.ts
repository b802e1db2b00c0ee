import { ProxyError } from './proxyError.js';

/** A whole body must arrive within this time; else clients that dribble bytes would hold connections for ever. */
const BODY_DEADLINE_MS = 120_000;

/**
 * Reads a JSON request body as text, counting bytes as they come: `content-length` may lie or be missing.
 *
 * @throws ProxyError `unsupported_media_type`, `too_large`, `body_timeout`, `invalid_json` (not UTF-8) or `client_closed`.
 */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  // Anything but JSON could be posted by a plain form of any site, without a preflight.
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new ProxyError('unsupported_media_type');
  const tooLarge = new ProxyError('too_large', { field: 'body' });
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge;
  if (request.body === null) throw new ProxyError('invalid_json');

  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let failure: ProxyError | null = null;
  const fail = (error: ProxyError) => {
    failure ??= error;
    // Cancelling settles the pending read below, whether or not the body's source ever answers.
    reader.cancel().catch(() => undefined);
  };
  const timer = setTimeout(() => fail(new ProxyError('body_timeout')), BODY_DEADLINE_MS);
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (failure !== null || done) break;
      bytes += value.byteLength;
      if (bytes > maxBytes) fail(tooLarge);
      else text += decoder.decode(value, { stream: true });
    }
    if (failure === null) return text + decoder.decode();
  } catch (cause) {
    // The decoder throws a TypeError; whatever else comes from the body's source, that is a client which left.
    failure ??= new ProxyError(
      cause instanceof TypeError && !request.signal.aborted ? 'invalid_json' : 'client_closed',
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
  throw failure;
}
