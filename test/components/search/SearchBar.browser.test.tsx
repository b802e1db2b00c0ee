import { act, useEffect, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/styles.css';
import { LazySearchBar } from '../../../src/components/lazyParts.js';
import { useWidget } from '../../../src/components/WidgetContext.js';
import { frozenConversation, type FrozenConversation } from '../../../stories/support/frozenConversation.js';
import { exchange, introduced } from '../../../stories/support/script.js';
import { mountWidget } from '../support/mountWidget.js';

await LazySearchBar.load();

function SearchAtOnce(): ReactNode {
  const { setView } = useWidget();
  useEffect(() => setView('search'), [setView]);
  return null;
}

let conversation: FrozenConversation;
let unmount: () => Promise<void>;
beforeEach(async () => {
  const filler = Array.from({ length: 12 }, (_, index) => exchange(`Q ${index}`, 'Line.\n\n'.repeat(6), `f${index}`));
  conversation = frozenConversation(
    introduced,
    ...exchange('First fern?', 'The **fe**rn is [green](https://example.com/fern).', 'a'),
    ...filler.flat(),
    ...exchange('Last', 'A FÉRN again.', 'z'),
  );
  unmount = await mountWidget(conversation, { mode: 'inline', slots: { Header: SearchAtOnce } });
});
afterEach(() => unmount());

const field = () => page.getByRole('searchbox', { name: 'Search in conversation' });
const status = () => page.getByRole('search').getByRole('status');
const marked = (name: string): string[] =>
  [...(CSS.highlights.get(name) ?? [])].map((range) => (range as Range).toString());
const scroller = (): HTMLElement => document.querySelector<HTMLElement>('[role="log"]')!;

test('finds words across bold text, case and accents; marks all and stands at the newest', async () => {
  await act(() => userEvent.type(field(), 'fern'));
  await expect.element(status()).toHaveTextContent('3 of 3');
  expect(marked('ac-match')).toEqual(['fern', 'fern', 'FÉRN']);
  expect(marked('ac-match-current')).toEqual(['FÉRN']);
});

test('Enter goes back to older ones and around, and brings them into view without changing the document', async () => {
  const before = scroller().innerHTML;
  await act(() => userEvent.type(field(), 'fern{Enter}'));
  await expect.element(status()).toHaveTextContent('2 of 3');
  const range = [...CSS.highlights.get('ac-match-current')!][0] as Range;
  await expect
    .poll(() => {
      const { top, bottom } = range.getBoundingClientRect();
      const view = scroller().getBoundingClientRect();
      return top >= view.top && bottom <= view.bottom;
    })
    .toBe(true);
  await act(() => userEvent.click(page.getByRole('button', { name: 'Next match' })));
  await act(() => userEvent.click(page.getByRole('button', { name: 'Next match' })));
  await expect.element(status()).toHaveTextContent('1 of 3');
  expect(scroller().innerHTML).toBe(before);
});

test('what is added meanwhile is found', async () => {
  await act(() => userEvent.type(field(), 'fern'));
  await expect.element(status()).toHaveTextContent('3 of 3');
  await act(async () => conversation.play(...exchange('fern', 'No.', 'new')));
  await expect.element(status()).toHaveTextContent('3 of 4');
});

test('says where there is nothing; Escape closes it, unmarks, and leads to the composer', async () => {
  await act(() => userEvent.type(field(), 'cactus'));
  await expect.element(status()).toHaveTextContent('No matches');
  await act(() => userEvent.keyboard('{Escape}'));
  await expect.element(page.getByRole('textbox', { name: 'Message' })).toHaveFocus();
  expect(CSS.highlights.has('ac-match')).toBe(false);
});
