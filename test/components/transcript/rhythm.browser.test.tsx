import '../../../src/styles.css';
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import {
  frozenConversation,
  type FrozenConversation,
  type StoryEvent,
} from '../../../stories/support/frozenConversation.js';
import {
  answering,
  asked,
  done,
  exchange,
  introduced,
  said,
  says,
  sending,
  typed,
} from '../../../stories/support/script.js';
import { mountWidget, nextFrame } from '../support/mountWidget.js';

let unmount: () => Promise<void>;
afterEach(() => unmount());

async function open(...events: readonly StoryEvent[]): Promise<FrozenConversation> {
  const conversation = frozenConversation(introduced, ...events);
  unmount = await mountWidget(conversation);
  await nextFrame();
  return conversation;
}

async function play(conversation: FrozenConversation, ...events: readonly StoryEvent[]): Promise<void> {
  await act(async () => conversation.play(...events));
  await nextFrame();
}

const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
const boxes = (selector: string): DOMRect[] => all(selector).map((element) => element.getBoundingClientRect());
const middleOf = ({ top, bottom }: DOMRect): number => (top + bottom) / 2;
/** Where everything that is read stands. */
const places = (): number[] => boxes('.ac-bubble, .ac-text').map(({ top }) => top);

test('a question and its answer stand close together, and a little further from the next question', async () => {
  await open(...exchange('Hi', 'Hello', 'first'), ...exchange('Bye', 'See you', 'second'));
  const [question, next] = boxes('.ac-bubble');
  const [answer] = boxes('.ac-text');
  expect(answer!.top - question!.bottom).toBeGreaterThanOrEqual(24);
  expect(answer!.top - question!.bottom).toBeLessThanOrEqual(32);
  expect(next!.top - answer!.bottom).toBeGreaterThan(answer!.top - question!.bottom);
  expect(next!.top - answer!.bottom).toBeLessThanOrEqual(44);
});

test('the actions of a message come and go without moving anything', async () => {
  const conversation = await open(...asked('Hi'), ...said('Hello'), typed('next', 'And you?'));
  const before = places();
  await play(conversation, ...done());
  expect(all('[data-ac="copy"]')).toHaveLength(1);
  await userEvent.hover(all('article')[0]!);
  await nextFrame();
  expect(getComputedStyle(all('[data-ac="edit"]')[0]!).opacity).toBe('1');
  expect(places()).toEqual(before);
});

test('the actions of a message that is not pointed at leave no place empty that the next one could not use', async () => {
  await open(...exchange('Hi', 'Hello', 'first'), ...exchange('Bye', 'See you', 'second'));
  await userEvent.hover(all('article')[2]!);
  await nextFrame();
  expect(all('[data-ac="edit"]').map((button) => getComputedStyle(button).opacity)).toEqual(['0', '1']);
  // All of a button can be seen and hit: a message cuts off what is outside of it.
  const [button, article] = [all('[data-ac="edit"]')[1]!, all('article')[2]!];
  expect(button.getBoundingClientRect().bottom).toBeLessThanOrEqual(article.getBoundingClientRect().bottom);
  expect(button.offsetHeight).toBeGreaterThanOrEqual(24);
});

test('what became of a message, when it was written and what can be done with it are one row', async () => {
  await open(...asked('Hi'), ...says('Hel'), typed('next', 'And you?'));
  const bubble = boxes('.ac-bubble').at(-1)!;
  const row = ['[data-ac="delivery"]', '.ac-time', '[data-ac="edit"]', '[data-ac="withdraw"]'].map((selector) =>
    boxes(selector).at(-1)!,
  );
  row.forEach((box) => expect(Math.abs(middleOf(box) - middleOf(row[0]!))).toBeLessThanOrEqual(1));
  expect(row[0]!.bottom - bubble.bottom).toBeLessThanOrEqual(28);
});

test('the dots stand where the text will, before the first event and after it', async () => {
  const conversation = await open(typed('question', 'Hi'), ...sending('question'));
  const dots = middleOf(boxes('.ac-typing')[0]!);
  await play(conversation, ...answering);
  expect(middleOf(boxes('.ac-typing')[0]!)).toBe(dots);
  await play(conversation, ...says('Hello'));
  expect(Math.abs(middleOf(boxes('.ac-text')[0]!) - dots)).toBeLessThanOrEqual(1);
});

test('between two parts of an answer the dots stand where the next part will', async () => {
  const conversation = await open(...asked('Hi'), ...said('Let me see.'));
  const dots = middleOf(boxes('.ac-typing')[0]!);
  await play(conversation, ...says('Yes.', 'second'));
  expect(Math.abs(middleOf(boxes('.ac-text')[1]!) - dots)).toBeLessThanOrEqual(1);
});
