/**
 * How long a backend asks to wait (RFC 9110, 10.2.3): seconds, or a date, which is compared with the server's own clock because the visitor's may be off by days.
 *
 * @returns milliseconds, never negative; `undefined` where there is no such header or it makes no sense.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Engines read a date into almost any words.
  const until = value.endsWith('GMT') ? Date.parse(value) : NaN;
  const serverNow = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(until) ? undefined : Math.max(0, until - (Number.isNaN(serverNow) ? now : serverNow));
}
