import '../../src/styles.css';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { Markdown } from '../../src/markdown/Markdown.js';
import { section } from '../bench/corpus/answer.js';

const DELTA = 5;

const LISTS =
  'Title\n=====\n\n- one\n- two **bold\n  - nested `code`\n\n    1. deep\n- [ ] open\n- [x] done\n\nBetween\n\n1. Step\n\n   ```sh\n   npm install\n   ```\n\n2. Next\n\n> quote **bold**\n> - list\n>\n> > deeper\n\nA *note*[^1], ***both***, ~~gone~~ and [a link](https://a.example).\n\n---\n\n| a | b |\n|:--|--:|\n| 1 | `x` |\n\nText <b>raw</b>\n\n![an image](https://a.example/i.png)\n\n~~~\ntilde\n~~~\n\n[^1]: Said at the end.\n\nLast words\n';

afterEach(() => document.body.replaceChildren());

interface Box {
  readonly block: Element;
  readonly top: number;
  readonly height: number;
}

/** Every block but the last, which may still become something else. */
function committedBlocks(container: Element): Box[] {
  return [...container.querySelectorAll<HTMLElement>('.ac-md-group > *')].slice(0, -1).map((block) => ({
    block,
    top: block.offsetTop,
    height: block.offsetHeight,
  }));
}

/** What happened to blocks that were there before. */
function findMoves(before: readonly Box[], after: readonly Box[]): string[] {
  return before.flatMap(({ block, top, height }, index) => {
    const now = after[index];
    const name = `block ${index} "${block.textContent.slice(0, 20)}"`;
    if (!now) return [`${name} is gone`];
    if (now.block !== block) return [`${name} is another element`];
    return now.top === top && now.height === height
      ? []
      : [`${name} moved from ${top}+${height} to ${now.top}+${now.height}`];
  });
}

function mount() {
  const container = document.body.appendChild(document.createElement('div'));
  container.className = 'ac-root';
  const root = createRoot(container);
  return { container, show: (text: string) => flushSync(() => root.render(<Markdown text={text} streaming />)) };
}

it.each([
  ['an answer of every kind of block', section('flicker')],
  ['lists, quotes and notes', LISTS],
])('no block that is complete moves while later text arrives: %s', async (_, text) => {
  await page.viewport(600, 4_000); // what is out of view has no height of its own yet
  const { container, show } = mount();
  let before: Box[] = [];
  for (let at = DELTA; at < text.length + DELTA; at += DELTA) {
    show(text.slice(0, at));
    const after = committedBlocks(container);
    expect(findMoves(before, after), JSON.stringify(text.slice(0, at).slice(-60))).toEqual([]);
    before = after;
  }
  expect(before.length).toBeGreaterThan(8);
});

it('would see a block that moves', () => {
  const { container, show } = mount();
  show('one\n\ntwo\n\nthree');
  const before = committedBlocks(container);
  before[0]!.block.append(document.createElement('br'), 'more');
  expect(findMoves(before, committedBlocks(container))).toHaveLength(2);
});
