import '../../../src/styles.css';
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  frozenConversation,
  type FrozenConversation,
  type StoryEvent,
} from '../../../stories/support/frozenConversation.js';
import { PICTURE_BYTES } from '../../../stories/support/picture.js';
import { asked, exchange, introduced, says, typed } from '../../../stories/support/script.js';
import { mountWidget, nextFrame } from '../support/mountWidget.js';

let unmount: () => Promise<void>;
afterEach(() => unmount());

const scroller = (): HTMLElement => document.querySelector<HTMLElement>('[role="log"]')!;
const distanceToEnd = (): number => scroller().scrollHeight - scroller().clientHeight - scroller().scrollTop;
const latestButton = (): HTMLElement | null => document.querySelector('[aria-label="Scroll to latest"]');

/** Where on the screen the reader's place is: what grows elsewhere must not move it. */
function placeOfReading(): () => number {
  const edge = scroller().getBoundingClientRect().top;
  const rows = [...document.querySelectorAll('article')];
  const row = rows.find((each) => each.getBoundingClientRect().bottom > edge + 20)!;
  return () => row.getBoundingClientRect().top;
}

async function openLongConversation(): Promise<FrozenConversation> {
  const conversation = frozenConversation(
    introduced,
    ...Array.from({ length: 15 }, (_, index) =>
      exchange(`Question ${index}`, 'Answer. '.repeat(40), `q${index}`),
    ).flat(),
    ...asked('Tell me more', 'last'),
    ...says('It begins'),
  );
  unmount = await mountWidget(conversation);
  await nextFrame();
  return conversation;
}

async function grow(conversation: FrozenConversation, words = 60): Promise<void> {
  await act(async () => conversation.play(...says(' and goes on'.repeat(words))));
  await nextFrame();
}

async function readUp(distance = 200): Promise<void> {
  scroller().dispatchEvent(new WheelEvent('wheel', { deltaY: -distance, bubbles: true }));
  scroller().scrollTop -= distance;
  await nextFrame();
}

test('a long greeting is read from its beginning, also after a conversation', async () => {
  const greeting = 'Good to see you. '.repeat(200);
  unmount = await mountWidget(frozenConversation(introduced), { greeting });
  await nextFrame();
  expect(distanceToEnd()).toBeGreaterThan(100);
  expect(scroller().scrollTop).toBe(0);
  await unmount();

  const conversation = frozenConversation(introduced, ...exchange('Question', 'Answer. '.repeat(2000), 'q'));
  unmount = await mountWidget(conversation, { greeting });
  await nextFrame();
  await readUp();
  expect(latestButton()).not.toBeNull();
  await act(async () => conversation.play({ type: 'conversation.reset', conversationId: 'next', isRestoring: false }));
  await nextFrame();
  expect(scroller().scrollTop).toBe(0);
  expect(latestButton()).toBeNull();
});

test('opens at the newest message and follows it as it grows', async () => {
  const conversation = await openLongConversation();
  expect(distanceToEnd()).toBeLessThan(2);
  await grow(conversation);
  expect(distanceToEnd()).toBeLessThan(2);
  expect(latestButton()).toBeNull();
});

test('lets go at the first sign of reading up, however close to the end', async () => {
  const conversation = await openLongConversation();
  await readUp(12);
  const place = placeOfReading();
  const before = place();
  await grow(conversation);
  expect(Math.abs(place() - before)).toBeLessThan(1.5);
  expect(latestButton()).not.toBeNull();
});

test('keys that go up let go too', async () => {
  const conversation = await openLongConversation();
  scroller().dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true }));
  scroller().scrollTop -= 300;
  await nextFrame();
  const place = placeOfReading();
  const before = place();
  await grow(conversation);
  expect(Math.abs(place() - before)).toBeLessThan(1.5);
});

test('"Scroll to latest" goes there, keeps the focus in the transcript, and follows again', async () => {
  const conversation = await openLongConversation();
  await readUp();
  await act(async () => latestButton()?.click());
  await nextFrame();
  expect(distanceToEnd()).toBeLessThan(2);
  expect(document.activeElement).toBe(scroller());
  await grow(conversation);
  expect(distanceToEnd()).toBeLessThan(2);
});

test('reading down to the end follows again', async () => {
  const conversation = await openLongConversation();
  await readUp();
  await act(async () => {
    scroller().scrollTop = scroller().scrollHeight;
  });
  await nextFrame();
  await grow(conversation);
  expect(distanceToEnd()).toBeLessThan(2);
});

test("the visitor's own message brings them to the end", async () => {
  const conversation = await openLongConversation();
  await readUp(600);
  await act(async () => conversation.play(typed('mine', 'Here I am')));
  await nextFrame();
  expect(distanceToEnd()).toBeLessThan(2);
});

test('a taller composer does not hide the newest words', async () => {
  await openLongConversation();
  const box = document.querySelector('textarea')!;
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(box, 'line\n'.repeat(6));
    box.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await nextFrame();
  expect(box.clientHeight).toBeGreaterThan(100);
  expect(distanceToEnd()).toBeLessThan(2);
});

test('a filled transcript can be scrolled with the keyboard', async () => {
  await openLongConversation();
  expect(scroller().tabIndex).toBe(0);
});

test('a picture opens over the page; Escape closes it and nothing else, and the focus is where it was', async () => {
  const file = { bytes: PICTURE_BYTES, mimeType: 'image/png', name: 'sun.png' };
  unmount = await mountWidget(frozenConversation(...asked([{ kind: 'file', file }])));
  const thumbnail = page.getByRole('button', { name: 'View sun.png' });
  await thumbnail.click();
  await expect.element(page.getByRole('dialog', { name: 'sun.png' })).toBeVisible();
  const lightbox = (): HTMLElement | null => document.querySelector('[data-ac="lightbox"]');
  expect(lightbox()!.offsetWidth).toBe(window.innerWidth);
  await expect.poll(() => lightbox()!.querySelector('img')!.naturalWidth).toBe(72);
  await userEvent.keyboard('{Escape}');
  await expect.poll(lightbox).toBeNull();
  await expect.element(thumbnail).toHaveFocus();
  expect(document.querySelector<HTMLElement>('[data-ac="panel"]')!.hidden).toBe(false);
});

test('reasoning that is over closes behind a reader who follows, and moves nothing for one who reads elsewhere', async () => {
  const think = (partId: string): readonly StoryEvent[] =>
    Array.from({ length: 30 }, () => ({
      type: 'part.delta',
      partId,
      delta: { kind: 'reasoning', reasoning: 'It depends on the light.\n\n' },
    }));
  const thought = (partId: string): StoryEvent => ({
    type: 'part.done',
    partId,
    part: { kind: 'reasoning', reasoning: 'It depends on the light.\n\n'.repeat(30) },
  });
  const isOpen = (): boolean =>
    [...document.querySelectorAll('[data-ac="reasoning"] [aria-expanded]')].at(-1)!.ariaExpanded === 'true';
  const conversation = await openLongConversation();
  await act(async () => conversation.play(...think('r1')));
  await nextFrame();
  expect(isOpen()).toBe(true);
  await act(async () => conversation.play(thought('r1'), ...says('So it is.', 't1')));
  await nextFrame();
  expect(isOpen()).toBe(false);
  expect(distanceToEnd()).toBeLessThan(2);

  await act(async () => conversation.play(...think('r2')));
  await nextFrame();
  await readUp();
  const place = placeOfReading();
  const before = place();
  await act(async () => conversation.play(thought('r2'), ...says('And so on.', 't2')));
  await nextFrame();
  expect(isOpen()).toBe(true);
  expect(Math.abs(place() - before)).toBeLessThanOrEqual(1);
});
