import '../../../src/styles.css';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ChatRootProps } from '../../../src/components/ChatRoot.js';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { exchange, introduced } from '../../../stories/support/script.js';
import { mountWidget, nextFrame } from '../support/mountWidget.js';

let unmount: () => Promise<void> = async () => undefined;
beforeEach(() => page.viewport(1000, 900));
afterEach(async () => {
  await unmount();
  localStorage.clear();
});

async function show(props: ChatRootProps = {}): Promise<void> {
  unmount = await mountWidget(frozenConversation(introduced, ...exchange('Hi', 'Hello.')), props);
  await nextFrame();
}
const panel = (): HTMLElement => document.querySelector<HTMLElement>('[data-ac="panel"]')!;
const sizeOf = (element: HTMLElement): readonly number[] => [element.offsetWidth, element.offsetHeight];
const width = page.getByRole('separator', { name: 'Width of the chat' });
const height = page.getByRole('separator', { name: 'Height of the chat' });

function drag(handle: Element, across: number, down: number): void {
  const { x, y } = handle.getBoundingClientRect();
  // An invented pointer cannot be captured.
  handle.setPointerCapture = () => undefined;
  const tell = (type: string, clientX: number, clientY: number): boolean =>
    handle.dispatchEvent(new PointerEvent(type, { clientX, clientY, bubbles: true, pointerId: 1 }));
  tell('pointerdown', x, y);
  tell('pointermove', x + across, y + down);
  tell('pointerup', x + across, y + down);
}

test('the arrow keys move the edges, which say where they are', async () => {
  await show();
  expect(sizeOf(panel())).toEqual([400, 720]);
  await expect.element(width).toHaveAttribute('aria-valuenow', '400');
  (width.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(width).toHaveAttribute('aria-valuenow', '416');
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(width).toHaveAttribute('aria-valuenow', '400');
  await userEvent.keyboard('{End}');
  expect(panel().offsetWidth).toBe(960);
  await userEvent.keyboard('{Home}');
  expect(panel().offsetWidth).toBe(320);
  (height.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(height).toHaveAttribute('aria-valuenow', '704');
});

test('dragged, the panel keeps its size on the next visit; a double click takes it back', async () => {
  await show();
  drag(width.element(), -60, 0);
  drag(height.element(), 0, 100);
  expect(sizeOf(panel())).toEqual([460, 620]);
  await unmount();
  await show();
  expect(sizeOf(panel())).toEqual([460, 620]);
  await width.dblClick();
  expect(sizeOf(panel())).toEqual([400, 720]);
  await unmount();
  await show();
  expect(sizeOf(panel())).toEqual([400, 720]);
});

test('right to left, the edge is on the other side and so are the keys', async () => {
  await show({ dir: 'rtl' });
  expect(width.element().getBoundingClientRect().right).toBeGreaterThan(panel().getBoundingClientRect().right - 2);
  drag(width.element(), 60, 0);
  expect(panel().offsetWidth).toBe(460);
  await expect.element(width).toHaveAttribute('aria-valuenow', '460');
  (width.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(panel().offsetWidth).toBe(476);
});

test('the menu makes it large whatever was dragged, and small again, and the host page hears of no error', async () => {
  const heard = vi.fn();
  addEventListener('error', heard); // "ResizeObserver loop": what changes a size while sizes are being told of
  onTestFinished(() => removeEventListener('error', heard));
  await show();
  drag(width.element(), -30, 0);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Enlarge window' }).click();
  await expect.poll(() => panel().offsetWidth).toBe(680);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Shrink window' }).click();
  await expect.poll(() => panel().offsetWidth).toBe(400);
  expect(heard).not.toHaveBeenCalled();
});

test('what stands in the storage cannot break it', async () => {
  localStorage.setItem('agent-chat-widget:size:bubble', 'calc(1px) 99999');
  await show();
  expect(sizeOf(panel())).toEqual([400, 720]);
});

test.each<[string, ChatRootProps, number]>([
  ['a sidebar has one edge', { mode: 'sidebar' }, 1],
  ['an inline widget has none', { mode: 'inline' }, 0],
  ['where the host says no, there is none', { resizable: false }, 0],
])('%s', async (_, props, count) => {
  await show(props);
  await expect.poll(() => page.getByRole('separator').elements().length).toBe(count);
});

test('nor is there one on a phone', async () => {
  await page.viewport(375, 667);
  await show();
  await expect.poll(() => page.getByRole('separator').elements().length).toBe(0);
});
