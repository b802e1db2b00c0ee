import '../../../src/styles.css';
import { act, useEffect, type ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { LazyConversationList } from '../../../src/components/lazyParts.js';
import { useWidget } from '../../../src/components/WidgetContext.js';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { exchange } from '../../../stories/support/script.js';
import { mountWidget, nextFrame } from '../support/mountWidget.js';

let unmount: () => Promise<void>;
afterEach(() => unmount());

/** Shows the list at once. */
function ListHeader(): ReactNode {
  const { setView } = useWidget();
  useEffect(() => setView('conversations'), [setView]);
  return null;
}

async function openList(dir: 'ltr' | 'rtl', ...titles: readonly string[]): Promise<void> {
  await LazyConversationList.load();
  const list = titles.map((title, index) => ({ id: String(index), title, createdAt: 0, updatedAt: 0 }));
  const conversation = { ...frozenConversation(...exchange('Hi', 'Hello')), list: () => Promise.resolve(list) };
  unmount = await mountWidget(conversation, { dir, slots: { Header: ListHeader } });
  await act(async () => expect.poll(() => document.querySelector('.ac-conversations-name')).not.toBeNull());
  await nextFrame();
}

const names = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.ac-conversations-name')];
function firstLetterOf(name: HTMLElement): DOMRect {
  const text = document.createTreeWalker(name, NodeFilter.SHOW_TEXT).nextNode()!;
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(text, 1);
  return range.getBoundingClientRect();
}

test.each(['ltr', 'rtl'] as const)(
  'the end of a long title is cut off, never its beginning, whichever way it runs on a page: %s',
  async (dir) => {
    await openList(dir, 'Can I return a plant? '.repeat(8), 'هل يمكنني إرجاع نبتة؟ '.repeat(8));
    for (const name of names()) {
      const { left, right } = name.getBoundingClientRect();
      const first = firstLetterOf(name);
      expect(first.left).toBeGreaterThanOrEqual(left - 1);
      expect(first.right).toBeLessThanOrEqual(right + 1);
    }
  },
);

test.each(['ltr', 'rtl'] as const)('a short title stands where the lines of the page begin: %s', async (dir) => {
  await openList(dir, 'Orders', 'نبتة');
  for (const name of names()) {
    const edge = name.getBoundingClientRect();
    const text = document.createRange();
    text.selectNodeContents(name);
    const { left, right } = text.getBoundingClientRect();
    expect(dir === 'rtl' ? edge.right - right : left - edge.left).toBeLessThanOrEqual(1);
  }
});

test('a title has the whole line until its buttons come, and then nothing moves up or down', async () => {
  await openList('ltr', 'Can I return a plant? '.repeat(8), 'Orders');
  const [row] = document.querySelectorAll<HTMLElement>('.ac-conversations-item');
  const { height } = row!.getBoundingClientRect();
  const restOfLine = (): number => row!.getBoundingClientRect().right - names()[0]!.getBoundingClientRect().right;
  expect(restOfLine()).toBeLessThanOrEqual(20);
  await userEvent.hover(row!);
  await nextFrame();
  expect(restOfLine()).toBeGreaterThan(60);
  expect(row!.getBoundingClientRect().height).toBe(height);
});
