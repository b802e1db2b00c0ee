import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSentenceQueue, type SentenceQueueOptions } from '../../../src/components/announcer/sentenceQueue.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function listen(options: Omit<SentenceQueueOptions, 'say'> = {}) {
  const heard: { text: string; at: number }[] = [];
  const start = Date.now();
  const queue = createSentenceQueue({ ...options, say: (text) => heard.push({ text, at: Date.now() - start }) });
  return { queue, heard, texts: () => heard.map(({ text }) => text) };
}

/** Feeds an answer in small steps, as it streams. */
function stream(queue: ReturnType<typeof createSentenceQueue>, text: string, step = 3, every = 50): void {
  for (let end = step; end < text.length; end += step) {
    queue.follow('a', text.slice(0, end), false);
    vi.advanceTimersByTime(every);
  }
  queue.follow('a', text, true);
}

describe('sentences', () => {
  test('nothing is said before a sentence is complete', () => {
    const { queue, texts } = listen();
    queue.follow('a', 'Your parcel is', false);
    vi.advanceTimersByTime(10_000);
    expect(texts()).toEqual([]);
    queue.follow('a', 'Your parcel is here. It', false);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual(['Your parcel is here.']);
  });

  test('numbers and addresses do not end a sentence', () => {
    const { queue, texts } = listen();
    queue.follow('a', 'It costs 3.50 at example.com today', false);
    vi.advanceTimersByTime(5000);
    expect(texts()).toEqual([]);
  });

  test('a mark without a space ends a sentence in Chinese and Japanese', () => {
    const { queue, texts } = listen();
    queue.follow('a', 'こんにちは。元気', false);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual(['こんにちは。']);
  });

  test('a long stream is announced in order, at least two seconds apart, and no word twice', () => {
    const { queue, heard, texts } = listen();
    const sentences = Array.from({ length: 60 }, (_, index) => `This is sentence number ${index}.`);
    stream(queue, sentences.join(' '), 4, 20);
    vi.advanceTimersByTime(10_000);
    expect(texts().join(' ')).toBe(sentences.join(' '));
    const gaps = heard.slice(1).map(({ at }, index) => at - (heard[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
    expect(gaps.length).toBeGreaterThan(2);
  });

  test('a snapshot that repeats the answer says nothing again', () => {
    const { queue, texts } = listen();
    queue.follow('a', 'One. Two.', true);
    vi.advanceTimersByTime(3000);
    queue.follow('a', 'One. Two.', true);
    queue.follow('a', 'One.', true);
    vi.advanceTimersByTime(3000);
    expect(texts()).toEqual(['One. Two.']);
  });

  test('an open code block waits for its end, so that no piece begins in the middle of code', () => {
    const pieces: string[] = [];
    const { queue } = listen({ toSpeech: (piece) => (pieces.push(piece), piece) });
    queue.follow('a', 'Try this:\n```\nlet a = 1. \nlet b', false);
    queue.follow('a', 'Try this:\n```\nlet a = 1. \nlet b = 2\n```\nThere', false);
    expect(pieces).toEqual(['Try this:\n', '```\nlet a = 1. \nlet b = 2\n```\n']);
  });
});

test.each([
  ['emphasis', 'It is *very cold. So cold* today. Stay', 'It is *very cold. So cold* today.'],
  [
    'a link',
    'Read [the guide. It helps](https://a.example/x. ) first. Then',
    'Read [the guide. It helps](https://a.example/x. ) first.',
  ],
  ['code', 'Say `a. b` twice. Then', 'Say `a. b` twice.'],
])('no piece ends in the middle of %s', (_, text, whole) => {
  const { queue, texts } = listen();
  stream(queue, text, 1, 5000);
  expect(texts()).toEqual([whole]);
});

test('a number is read with its item', () => {
  const { queue, texts } = listen();
  stream(queue, 'First:\n1. Water. \n2. Wait. \n10. Water', 1, 5000);
  expect(texts()).toEqual(['First:', '1. Water.', '2. Wait.']);
});

test('mode "done" speaks once, at the end', () => {
  const { queue, texts } = listen({ mode: 'done' });
  stream(queue, 'One. Two. Three.');
  vi.advanceTimersByTime(5000);
  expect(texts()).toEqual(['One. Two. Three.']);
});

test('a restored history is not read aloud, what follows it is', () => {
  const { queue, texts } = listen();
  queue.skip('a', 'Old words. ');
  queue.follow('a', 'Old words. New words.', true);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual(['New words.']);
});

test('notices keep their place between sentences', () => {
  const { queue, texts } = listen();
  queue.follow('a', 'One. ', false);
  queue.notify("Can't connect.");
  queue.follow('a', 'One. Two.', true);
  vi.advanceTimersByTime(5000);
  expect(texts()).toEqual(["One. Can't connect. Two."]);
});

test('nothing is said after dispose', () => {
  const { queue, texts } = listen();
  queue.notify('Queued');
  queue.dispose();
  vi.advanceTimersByTime(5000);
  expect(texts()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
