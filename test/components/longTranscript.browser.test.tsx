import '../../src/styles.css';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { frozenConversation, type FrozenConversation } from '../../stories/support/frozenConversation.js';
import { exchange, introduced, typed } from '../../stories/support/script.js';
import { mountWidget, nextFrame } from './support/mountWidget.js';

let conversation: FrozenConversation;
let unmount: () => Promise<void>;
let count: number;
afterEach(() => unmount());

const scroller = (): HTMLElement => document.querySelector<HTMLElement>('[role="log"]')!;
const rows = (): HTMLElement[] => [...document.querySelectorAll('article')];
const rowOf = (text: string): HTMLElement =>
  rows().find((row) => row.querySelector('[data-ac="text"]')?.textContent?.startsWith(`${text} `))!;
const topOf = (element: Element): number => element.getBoundingClientRect().top;
const distanceToEnd = (): number => scroller().scrollHeight - scroller().clientHeight - scroller().scrollTop;
/** Long enough that its rows have heights of all kinds. */
const words = (index: number): string => 'and some more words '.repeat((index * 7) % 23);

async function open(messages: number): Promise<void> {
  conversation = frozenConversation(introduced);
  for (let index = 0; index < messages / 2; index += 1) {
    conversation.play(
      ...exchange(`Question${index} ${words(index)}`, `Answer${index} ${words(index + 5)}`, `q${index}`),
    );
  }
  count = messages;
  unmount = await mountWidget(conversation, { mode: 'inline' });
  await nextFrame();
}

/** More arrives, as what another tab says does: it does not take the reader to the end. */
async function add(messages: number): Promise<void> {
  await act(async () =>
    conversation.play(
      ...Array.from({ length: messages / 2 }, () => {
        count += 2;
        return exchange(`Late${count} question`, `Late${count} answer`, `late${count}`);
      }).flat(),
    ),
  );
  await nextFrame();
}

async function scrollTo(row: Element, below = 100): Promise<void> {
  scroller().dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
  // Rows get their heights as they come into view, which moves those below them.
  for (let again = 0; again < 5; again += 1) {
    scroller().scrollTop += topOf(row) - topOf(scroller()) - below;
    await nextFrame();
  }
}

function select(row: Element): void {
  const text = document.createTreeWalker(row, NodeFilter.SHOW_TEXT).nextNode()!;
  document.getSelection()!.setBaseAndExtent(text, 1, text, 7);
}

/** A second of it, as a WAV file. */
function silence(): string {
  const header = new Uint8Array(44 + 8000);
  const view = new DataView(header.buffer);
  const write = (at: number, text: string): void => header.set(new TextEncoder().encode(text), at);
  write(0, 'RIFF');
  view.setUint32(4, 36 + 8000, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 8000, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, 'data');
  view.setUint32(40, 8000, true);
  header.fill(128, 44);
  return URL.createObjectURL(new Blob([header], { type: 'audio/wav' }));
}

/** Until only what is needed is in the document. */
async function isWindowed(): Promise<void> {
  await expect.poll(() => rows().length).toBeLessThan(500);
}

describe('at 1,000 messages', () => {
  beforeEach(() => open(1000));

  test('all of them are in the document', () => {
    expect(rows()).toHaveLength(1000);
  });

  test('the one after keeps what is read in its place, and its elements', async () => {
    const row = rowOf('Answer150');
    await scrollTo(row);
    const before = topOf(row);
    await add(2);
    await isWindowed();
    expect(row.isConnected).toBe(true);
    expect(Math.abs(topOf(row) - before)).toBeLessThanOrEqual(1);
    await add(120);
    expect(Math.abs(topOf(row) - before)).toBeLessThanOrEqual(1);
    expect(rowOf('Answer150')).toBe(row);
  });

  test('a selection outlives it, in view and out of view', async () => {
    const row = rowOf('Answer150');
    await scrollTo(row);
    select(row);
    const text = String(document.getSelection());
    await scrollTo(rowOf('Answer300'));
    await add(2);
    await isWindowed();
    await add(120);
    expect(String(document.getSelection())).toBe(text);
    expect(row.isConnected).toBe(true);
    document.getSelection()!.removeAllRanges();
  });

  test('so does the focus in a message', async () => {
    const button = rowOf('Answer150').querySelector('button')!;
    button.focus();
    await scrollTo(rowOf('Answer300'));
    await add(2);
    await isWindowed();
    await add(120);
    expect(document.activeElement).toBe(button);
  });

  test('so does what is playing', async () => {
    const audio = new Audio(silence());
    audio.loop = true;
    audio.muted = true;
    rowOf('Answer150').append(audio);
    // Pages that nobody has touched may not play.
    await userEvent.click(document.querySelector('textarea')!);
    await audio.play();
    await scrollTo(rowOf('Answer300'));
    await add(2);
    await isWindowed();
    await add(120);
    expect(audio.isConnected).toBe(true);
    expect(audio.paused).toBe(false);
  });

  test('so does what is being typed', async () => {
    const box = document.querySelector('textarea')!;
    box.focus();
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(box, 'Half a sentence');
      box.dispatchEvent(new Event('input', { bubbles: true }));
    });
    box.setSelectionRange(4, 6);
    await add(2);
    await isWindowed();
    await add(120);
    expect(document.querySelector('textarea')).toBe(box);
    expect(document.activeElement).toBe(box);
    expect([box.value, box.selectionStart, box.selectionEnd]).toEqual(['Half a sentence', 4, 6]);
  });

  test('who follows the end still does', async () => {
    await add(2);
    await isWindowed();
    expect(distanceToEnd()).toBeLessThan(2);
    await add(120);
    expect(distanceToEnd()).toBeLessThan(2);
  });
});

describe('a longer conversation', () => {
  beforeEach(() => open(3000));

  test('opens at its end, with the newest only', () => {
    expect(rows()).toHaveLength(200);
    expect(distanceToEnd()).toBeLessThan(2);
  });

  test('is read up without a jump or a hole', async () => {
    scroller().dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
    const middle = topOf(scroller()) + 250;
    const isAtMiddle = (row: Element): boolean =>
      topOf(row) - 12 <= middle && row.getBoundingClientRect().bottom + 12 >= middle;
    let row = rows().find(isAtMiddle)!;
    for (let step = 0; step < 60; step += 1) {
      const before = topOf(row);
      scroller().scrollTop -= 500;
      await nextFrame();
      expect(Math.abs(topOf(row) - before - 500), `step ${step}`).toBeLessThanOrEqual(1);
      row = rows().find(isAtMiddle)!;
      expect(row, `step ${step}`).toBeDefined();
    }
    expect(rows().length).toBeLessThan(450);
  });

  test('can be entered anywhere, and has its beginning', async () => {
    scroller().dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
    scroller().scrollTop = scroller().scrollHeight / 2;
    await expect.poll(() => rows().some((row) => Math.abs(topOf(row) - topOf(scroller())) < 300)).toBe(true);
    scroller().scrollTop = 0;
    await expect.poll(() => rowOf('Question0')).toBeDefined();
    await expect.poll(() => Math.round(topOf(rowOf('Question0')) - topOf(scroller()))).toBeLessThan(80); // the day stands above it
    expect(rows().length).toBeLessThan(450);
  });

  test('brings who writes back to the end', async () => {
    scroller().dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
    scroller().scrollTop = 0;
    await nextFrame();
    await act(async () => conversation.play(typed('mine', 'Here I am')));
    await nextFrame();
    await expect.poll(distanceToEnd).toBeLessThan(2);
    expect(rowOf('Here')).toBe(rows().at(-1));
  });
});
