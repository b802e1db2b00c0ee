import '../../../src/styles.css';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { frozenConversation, type FrozenConversation } from '../../../stories/support/frozenConversation.js';
import { SILENCE_BYTES } from '../../../stories/support/silence.js';
import { exchange, introduced, typed } from '../../../stories/support/script.js';
import { mountWidget, nextFrame } from '../support/mountWidget.js';

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

/** Until only what is needed is in the document. */
async function isWindowed(): Promise<void> {
  await expect.poll(() => rows().length).toBeLessThan(500);
}

/** Reads that message while more arrive: past 1,000 rows, and past the number at which others may go. What is read stays where it is, to the pixel. */
async function crossThresholds(read: string): Promise<void> {
  const row = rowOf(read);
  await scrollTo(row);
  const before = topOf(row);
  for (const messages of [2, 120]) {
    await add(messages);
    await isWindowed();
    expect(rowOf(read)).toBe(row);
    expect(Math.abs(topOf(row) - before)).toBeLessThanOrEqual(1);
  }
}

describe('at 1,000 messages', () => {
  beforeEach(() => open(1000));

  test('all of them are in the document', () => {
    expect(rows()).toHaveLength(1000);
  });

  test('the one after keeps what is read in its place, and its elements', () => crossThresholds('Answer150'));

  test('a selection outlives it, in view and out of view', async () => {
    const row = rowOf('Answer150');
    await scrollTo(row);
    select(row);
    const { anchorNode, focusNode } = document.getSelection()!;
    const text = String(document.getSelection());
    await add(2);
    await isWindowed();
    expect(String(document.getSelection())).toBe(text);
    await crossThresholds('Answer450');
    expect(String(document.getSelection())).toBe(text);
    expect(document.getSelection()!.anchorNode).toBe(anchorNode);
    expect(document.getSelection()!.focusNode).toBe(focusNode);
    expect(row.contains(anchorNode) && row.isConnected).toBe(true);
    document.getSelection()!.removeAllRanges();
  });

  test('so does the focus in a message', async () => {
    const button = rowOf('Answer150').querySelector('button')!;
    button.focus();
    await crossThresholds('Answer300');
    expect(document.activeElement).toBe(button);
  });

  test('so does what is playing: a sound of the agent, and a film', async () => {
    const row = rowOf('Answer150');
    const source = `data:audio/wav;base64,${SILENCE_BYTES}`;
    const audio = row.appendChild(new Audio(source));
    // A film without pictures: what counts is the element.
    const film = rowOf('Answer151').appendChild(Object.assign(document.createElement('video'), { src: source }));
    for (const media of [audio, film]) Object.assign(media, { loop: true, muted: true });
    // Pages that nobody has touched may not play.
    await userEvent.click(document.querySelector('textarea')!);
    await Promise.all([audio.play(), film.play()]);
    const pauses: Event[] = [];
    for (const media of [audio, film])
      for (const name of ['pause', 'emptied']) media.addEventListener(name, (event) => pauses.push(event));
    await crossThresholds('Answer300');
    expect([audio.isConnected, film.isConnected]).toEqual([true, true]);
    expect([audio.paused, film.paused]).toEqual([false, false]);
    expect(pauses).toEqual([]);
    const { currentTime } = audio;
    await expect.poll(() => audio.currentTime).not.toBe(currentTime);
    expect(audio.parentElement).toBe(row);
  });

  test('so does what is being typed, between any two keys', async () => {
    const box = document.querySelector('textarea')!;
    await userEvent.click(box);
    await userEvent.keyboard('Half a ');
    await add(2);
    await isWindowed();
    await userEvent.keyboard('sent');
    await add(120);
    await userEvent.keyboard('ence');
    box.setSelectionRange(4, 6);
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
