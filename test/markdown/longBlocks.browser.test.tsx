import '../../src/styles.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { Markdown } from '../../src/markdown/Markdown.js';

const ENTRIES = 120;

// The browser draws some way beyond what is in view.
beforeEach(() => page.viewport(600, 200));
afterEach(() => document.body.replaceChildren());

const list = (length: number): string =>
  Array.from({ length }, (_, index) => `${index + 3}. Step ${index} of the way\n`).join('');
const table = (length: number): string =>
  `| Name | What it means |\n|---|--:|\n${Array.from({ length }, (_, index) => `| row ${index} | text of row ${index} |\n`).join('')}`;

function mount() {
  const container = document.body.appendChild(document.createElement('div'));
  container.className = 'ac-root';
  const root = createRoot(container);
  const show = (text: string): void => flushSync(() => root.render(<Markdown text={text} streaming />));
  return { container, show, all: (selector: string) => [...container.querySelectorAll<HTMLElement>(selector)] };
}

const drawn = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const isSkipped = (element: Element): boolean => !element.checkVisibility({ contentVisibilityAuto: true });

it.each([
  { role: 'list', entry: 'listitem', element: 'li', write: list },
  { role: 'table', entry: 'row', element: 'tr', write: table },
])(
  'what is out of view of a long $role costs nothing, and is still the same $role',
  async ({ role, entry, element, write }) => {
    const { container, show, all } = mount();
    show(write(20));
    const first = all(element).slice(0, 10);
    for (let length = 21; length <= ENTRIES; length += 1) show(write(length));
    first.forEach((each, index) => expect(all(element)[index]).toBe(each));

    document.scrollingElement!.scrollTop = 0;
    const screen = page.elementLocator(container);
    expect(screen.getByRole(role).elements()).toHaveLength(1);
    const entries = screen.getByRole(entry).elements();
    expect(entries.slice(-ENTRIES)).toEqual(all(element).slice(-ENTRIES));
    const texts = entries.map((each) => each.querySelector('p, td, th')!);
    await expect.poll(() => [isSkipped(texts[0]!), isSkipped(texts.at(-30)!)]).toEqual([false, true]);
  },
);

// What stands outside of its message is cut off.
it.each([1, 98, 998, 123_456_789])('the numbers of a list that begins with %i have room', (start) => {
  const { container, show, all } = mount();
  show(`${start}. one\n${start + 1}. two\n${start + 2}. three\n`);
  const number = container.appendChild(document.createElement('span'));
  number.textContent = `${start + 2}. `;
  number.style.whiteSpace = 'pre';
  const { left } = container.getBoundingClientRect();
  expect(all('li p')[0]!.getBoundingClientRect().left - left).toBeGreaterThanOrEqual(
    number.getBoundingClientRect().width,
  );
});

it('the numbers of a long list go on', () => {
  const { show, all } = mount();
  show(list(ENTRIES));
  const numbers = all('ol').flatMap((run) =>
    [...run.children].map((_, index) => (run as HTMLOListElement).start + index),
  );
  expect(numbers).toEqual(Array.from({ length: ENTRIES }, (_, index) => index + 3));
});

it('nothing moves when a list or table becomes long, and columns stay where they are', async () => {
  const { show, all } = mount();
  const boxes = (): number[] =>
    all('th, td, p').flatMap((each) => {
      const { left, top, width } = each.getBoundingClientRect();
      return [left, top, width];
    });
  for (const write of [list, table]) {
    show(write(31));
    const before = boxes();
    for (let length = 32; length <= 70; length += 1) show(write(length));
    await drawn();
    const after = boxes();
    expect(after.length).toBeGreaterThan(before.length);
    before.forEach((place, index) => expect(Math.abs(after[index]! - place)).toBeLessThan(2));
  }
});

it('columns of a long table stay under their heading, whatever comes later', () => {
  const { show, all } = mount();
  show(`${table(70)}| row 70 | ${'unbreakable'.repeat(20)} |\n`);
  const [, heading] = all('th');
  const cell = all('td').at(-1)!;
  expect(cell.getBoundingClientRect().right).toBeCloseTo(heading!.getBoundingClientRect().right, 0);
  expect(cell.scrollWidth).toBeLessThanOrEqual(cell.clientWidth);
});
