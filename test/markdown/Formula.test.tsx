import { createEvent, fireEvent, render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Markdown } from '../../src/markdown/Markdown.js';
import { math } from '../../src/markdown/math/math.js';

const drawn = (container: Element) => expect.poll(() => container.querySelectorAll('math').length);

it('is shown as it was written until it can be drawn, in the same box', async () => {
  const { container } = render(<Markdown text={'so $x^2$ and\n\n$$\ny\n$$.'} math={math} />);
  const boxes = [...container.querySelectorAll('.ac-md-formula')];
  expect(boxes.map((box) => box.textContent)).toEqual(['$x^2$', '$$\ny\n$$.']);
  await drawn(container).toBe(2);
  expect([...container.querySelectorAll('.ac-md-formula')]).toEqual(boxes);
  expect(container.querySelector('math[display="block"]')?.textContent).toBe('y');
  expect(container.textContent).toBe('so x2 andy.');
});

it('keeps its place while it is written, and what stays unclosed is shown', async () => {
  const text = 'a $x$\n\n$$\ny';
  const { container, rerender } = render(<Markdown text={text} math={math} streaming />);
  await drawn(container).toBe(1);
  expect(container.querySelector('[data-state="open"]')).toBeEmptyDOMElement();
  rerender(<Markdown text={text} math={math} />);
  expect(container.querySelector('[data-state="open"]')).toBeNull();
  expect(container.querySelector('.ac-md-group > div code')).toHaveTextContent('$$ y');
});

it('is copied as it was written', async () => {
  const { container } = render(<Markdown text="$x^2$" math={math} />);
  await drawn(container).toBe(1);
  const copied = new Map<string, string>();
  const event = createEvent.copy(container.querySelector('mi')!, {
    clipboardData: { setData: (type: string, text: string) => copied.set(type, text) },
  });
  fireEvent(container.querySelector('mi')!, event);
  expect(copied).toEqual(new Map([['text/plain', '$x^2$']]));
  expect(event.defaultPrevented).toBe(true);
});

it('is text again where a page takes the support for it away', async () => {
  const { container, rerender } = render(<Markdown text="$x^2$" math={math} />);
  await drawn(container).toBe(1);
  rerender(<Markdown text="$x^2$" />);
  expect(container).toHaveTextContent('$x^2$');
});
