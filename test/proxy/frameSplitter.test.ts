import { describe, expect, it } from 'vitest';
import { createFrameSplitter } from '../../src/proxy/frameSplitter.js';
import { ProxyError } from '../../src/proxy/proxyError.js';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

function split(chunks: readonly Uint8Array[]) {
  const splitter = createFrameSplitter();
  const frames = chunks.flatMap((chunk) => splitter.push(chunk)).map(decode);
  return { frames, rest: decode(splitter.rest()) };
}

/** What a frame says: its lines, whatever ends them. */
const linesOf = (frame: string) => frame.split(/\r\n|\r|\n/).filter((line) => line !== '');
const EVENTS = [['data: {"a":"é"}'], [': hb'], ['event: x', 'data: 1', 'data: 2'], ['data: last']];

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('frames with %s line ends', (_, end) => {
  const bytes = encode(EVENTS.map((lines) => lines.join(end) + end + end).join(''));

  it('come out whole, wherever the network cuts them', () => {
    for (let at = 0; at <= bytes.length; at += 1) {
      const { frames, rest } = split([bytes.slice(0, at), bytes.slice(at)]);
      expect(frames.map(linesOf), `cut at ${at}`).toEqual(EVENTS);
      expect(rest.trim(), `cut at ${at}`).toBe('');
    }
  });

  it('come out whole byte by byte, each with a blank line at its end', () => {
    const { frames } = split(Array.from(bytes, (byte) => Uint8Array.of(byte)));
    expect(frames.map(linesOf)).toEqual(EVENTS);
    for (const frame of frames) expect(frame).toMatch(/(\r\n\r\n|\n\n|\r\r\n?)$/);
  });

  it('that are cut short are kept back', () => {
    const { frames, rest } = split([bytes.slice(0, -2 * end.length - 1)]);
    expect(frames.map(linesOf)).toEqual(EVENTS.slice(0, -1));
    expect(linesOf(rest)).toEqual(['data: las']);
  });
});

describe('a splitter', () => {
  it('drops a byte order mark at the beginning, and only there', () => {
    const { frames } = split([encode('\uFEFFdata: 1\n\n\uFEFFdata: 2\n\n')]);
    expect(frames.map((frame) => frame.charCodeAt(0))).toEqual([0x64, 0xfeff]);
  });

  it('drops blank lines between frames, which would dispatch the next event id alone', () => {
    expect(split([encode('\n\n\ndata: 1\n\n\n\n\r\ndata: 2\n\n')]).frames).toEqual(['data: 1\n\n', 'data: 2\n\n']);
  });

  it('gives up on a frame without end', () => {
    const splitter = createFrameSplitter();
    const chunk = new Uint8Array(1024 * 1024).fill(0x61);
    const feed = () => {
      for (let megabytes = 0; megabytes < 9; megabytes += 1) splitter.push(chunk);
    };
    expect(feed).toThrow(ProxyError);
  });
});
