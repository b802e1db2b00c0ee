import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { Markdown } from '../../src/markdown/Markdown.js';

it.each([
  ['rtl', '1. יבשה\n2. לחה'],
  ['rtl', '- יבשה\n\n- לחה'],
  ['rtl', '- [x] יבשה'],
  ['ltr', '1. Dry\n2. Wet'],
  ['rtl', '> יבשה\n>\n> > לחה'],
  ['ltr', '> Dry\n>\n> > Wet'],
])(
  'puts the numbers of a list and the line of a quote on the side where the text begins: %s',
  async (direction, text) => {
    const page = direction === 'rtl' ? 'ltr' : 'rtl';
    const { container } = await render(
      <div dir={page}>
        <Markdown text={text} />
      </div>,
    );
    const directions = [...container.querySelectorAll('ol, ul, li, li p, blockquote, blockquote p')].map(
      (each) => getComputedStyle(each).direction,
    );
    expect(new Set(directions)).toEqual(new Set([direction]));
  },
);
