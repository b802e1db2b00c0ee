import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecretMask } from '../../src/proxy/maskSecret.js';
import { DONE, json, KEY, MESSAGE, setUp } from './fakeUpstream.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function maskInPieces(text: string, cuts: readonly number[], secret: string): string {
  const bytes = encoder.encode(text);
  const mask = createSecretMask(secret);
  const borders = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  const out = borders.slice(1).map((end, index) => mask.push(bytes.slice(borders[index], end)));
  return decoder.decode(Buffer.concat([...out, mask.flush()]));
}

describe('the key in a stream', () => {
  const stars = '*'.repeat(KEY.length);

  it('is masked wherever the chunks are cut', () => {
    const text = `data: {"echo":"Bearer ${KEY}","again":"${KEY}${KEY}"}\n\n`;
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(maskInPieces(text, [cut], KEY)).toBe(text.replaceAll(KEY, stars));
    }
    expect(
      maskInPieces(
        text,
        Array.from({ length: text.length }, (_, index) => index),
        KEY,
      ),
    ).toBe(text.replaceAll(KEY, stars));
  });

  it('is masked, and nothing else is touched, in any text and any pieces', () => {
    // A secret that overlaps with itself is the hard case.
    const secret = 'abcabcab';
    const pieces = fc.array(fc.constantFrom('a', 'b', 'c', 'abc', 'abcabca', secret, 'é', '\n'), { maxLength: 30 });
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(200), { maxLength: 20 }), (words, cuts) => {
        const text = `${words.join('')}\n`;
        expect(maskInPieces(text, cuts, secret)).toBe(text.replaceAll(secret, '*'.repeat(8)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('delays no frame: what ends with a line end goes out whole', () => {
    const frame = encoder.encode('data: sk-canary-7f3a\n\n');
    expect(createSecretMask(KEY).push(frame)).toEqual(frame);
  });

  it('is not given away by a stream that ends within it', () => {
    expect(maskInPieces(`data: ${KEY.slice(0, -1)}`, [], KEY)).toBe(`data: ${'*'.repeat(KEY.length - 1)}`);
    expect(maskInPieces('data: s', [], KEY)).toBe('data: s');
  });

  it('is masked without touching the bytes of whoever made them', () => {
    const chunk = encoder.encode(`${KEY}\n`);
    createSecretMask(KEY).push(chunk);
    expect(decoder.decode(chunk)).toBe(`${KEY}\n`);
  });
});

describe('the key', () => {
  const echoes: readonly [string, () => Response | Promise<Response>][] = [
    ['JSON', () => json({ ...DONE, note: `Authorization: Bearer ${KEY}`, [KEY]: 1 })],
    [
      'stream',
      () =>
        new Response(`data: {"error":"${KEY}"}\n\ndata: "${KEY}`, { headers: { 'content-type': 'text/event-stream' } }),
    ],
    [
      'headers',
      () =>
        json(DONE, { headers: { 'x-debug': KEY, 'set-cookie': `k=${KEY}`, 'retry-after': KEY, 'x-request-id': KEY } }),
    ],
    ['content type', () => new Response('x', { headers: { 'content-type': `text/${KEY}` } })],
    ['redirect', () => new Response(KEY, { status: 302, headers: { location: `https://evil.test/${KEY}` } })],
    ...[400, 401, 403, 404, 409, 422, 429, 500, 503].map((status): [string, () => Response] => [
      `error ${status}`,
      () => json({ error: { message: `Invalid key ${KEY}`, code: KEY } }, { status, headers: { 'retry-after': KEY } }),
    ]),
    ['plain error', () => new Response(`Bearer ${KEY}`, { status: 500 })],
    ['card', () => json({ key: KEY, display_name: `I am ${KEY}`, description: KEY, instructions: KEY })],
    ['failed fetch', () => Promise.reject(new TypeError(`fetch failed for Bearer ${KEY}`, { cause: new Error(KEY) }))],
    ['thrown nonsense', () => Promise.reject(Object.assign(new Error('x'), { cause: { code: KEY, message: KEY } }))],
  ];

  it.each(echoes)('never comes back, even where the API repeats it: %s', async (_case, reply) => {
    const { post, get, log, upstream } = setUp({}, reply);
    const responses = [
      await post({ message: MESSAGE, stream: true }, { origin: 'https://www.example.com' }),
      await get('/v2/agents/support/responses/TASK01'),
      await get('/agents/support'),
    ];
    for (const response of responses) {
      const seen = JSON.stringify([...response.headers]) + (await response.text());
      expect(seen).not.toContain(KEY);
      expect(seen).not.toContain(KEY.slice(0, 16));
    }
    expect(log).toHaveLength(3);
    expect(JSON.stringify(log)).not.toContain(KEY);
    // The control: it was there to be leaked.
    expect(upstream.hits.every((hit) => hit.headers.authorization === `Bearer ${KEY}`)).toBe(true);
    expect(upstream.hits).toHaveLength(3);
  });
});
