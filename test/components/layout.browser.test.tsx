import styles from '../../src/styles.css?inline';
import '../../src/styles.css';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { loadLikelyParts } from '../../src/components/lazyParts.js';
import type { ChatRootProps } from '../../src/components/ChatRoot.js';
import { frozenConversation } from '../../stories/support/frozenConversation.js';
import { MARKDOWN_ANSWER, asked, exchange, failed, introduced, says } from '../../stories/support/script.js';
import { contrast, luminance } from './support/contrast.js';
import { mountWidget, nextFrame } from './support/mountWidget.js';

let unmount: () => Promise<void> = async () => undefined;
beforeEach(() => page.viewport(1000, 900));
afterEach(async () => {
  await unmount();
  document.documentElement.removeAttribute('style');
});

async function show(props: ChatRootProps = {}): Promise<void> {
  unmount = await mountWidget(
    frozenConversation(
      introduced,
      ...exchange('How often do I water my monstera?', MARKDOWN_ANSWER),
      ...asked('And in winter?', 'second'),
      ...says('Less. '),
      ...failed({ code: 'server_error', message: '503', status: 503 }),
    ),
    props,
  );
  await nextFrame();
}

const find = (name: string): HTMLElement => document.querySelector<HTMLElement>(`[data-ac="${name}"]`)!;
const box = (name: string): DOMRect => find(name).getBoundingClientRect();

describe('sizes', () => {
  test('the launcher is 56 px, the panel 400 px wide and at most 720 px high', async () => {
    await show();
    expect(box('launcher')).toMatchObject({ width: 56, height: 56 });
    expect(find('panel').offsetWidth).toBe(400);
    expect(find('panel').offsetHeight).toBe(720);
  });

  test('on a low screen the panel leaves 96 px and never covers the launcher', async () => {
    await page.viewport(1000, 500);
    await show();
    expect(find('panel').offsetHeight).toBe(500 - 96);
    expect(box('panel').bottom).toBeLessThan(box('launcher').top);
  });

  test('below 480 px it fills the screen and brings its own button to close', async () => {
    await page.viewport(375, 667);
    await show();
    expect(find('panel').getBoundingClientRect()).toMatchObject({ x: 0, y: 0, width: 375, height: 667 });
    expect(find('launcher').checkVisibility()).toBe(false);
    expect(box('close').width).toBeGreaterThanOrEqual(24);
  });

  test("a host's tiny root font size changes nothing", async () => {
    document.documentElement.style.fontSize = '62.5%';
    await show();
    expect(getComputedStyle(document.querySelector('.ac-bubble')!).fontSize).toBe('15px');
  });

  test.each([1, 2])('at %d × text size nothing is cut off or scrolls sideways, also on a phone', async (scale) => {
    await page.viewport(375, 667);
    document.documentElement.style.setProperty('--ac-font-scale', String(scale));
    await show();
    const cut = [...document.querySelectorAll<HTMLElement>('.ac-panel *')].filter(
      (element) =>
        !element.closest('pre, .ac-visually-hidden, .ac-md-table-scroll') &&
        element.scrollWidth > element.clientWidth + 1 &&
        element.clientWidth > 0,
    );
    expect(cut.map((element) => element.className)).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(375);
  });

  test.each([
    [1, 36],
    [2, 54],
  ])("at %d × text size the agent's picture is %d px large, and its letter grows with it", async (scale, size) => {
    document.documentElement.style.setProperty('--ac-font-scale', String(scale));
    await show();
    expect(box('avatar')).toMatchObject({ width: size, height: size });
    expect(parseFloat(getComputedStyle(find('avatar')).fontSize)).toBeCloseTo(size / 2.4);
  });

  test('the title of a tool stays on one line where there is room', async () => {
    await loadLikelyParts();
    unmount = await mountWidget(
      frozenConversation(
        introduced,
        ...asked('Where is my order?'),
        { type: 'tool.started', toolCallId: 'call', toolName: 'search_readme', arguments: {} },
        { type: 'tool.done', toolCallId: 'call', result: 1 },
      ),
    );
    await expect.poll(() => document.querySelector('.ac-disclosure-title')).not.toBeNull();
    const title = document.querySelector<HTMLElement>('.ac-disclosure-title')!;
    expect(title.offsetHeight).toBeLessThan(1.6 * parseFloat(getComputedStyle(title).fontSize));
  });

  test('every target is at least 24 px in both directions', async () => {
    await show();
    const small = [...document.querySelectorAll<HTMLElement>('.ac-root button, .ac-root textarea')].filter(
      (element) => {
        const { width, height } = element.getBoundingClientRect();
        return element.checkVisibility() && (width < 24 || height < 24);
      },
    );
    expect(small.map((element) => element.outerHTML)).toEqual([]);
  });
});

describe('direction', () => {
  test('right to left, launcher and panel are on the left and the own message too', async () => {
    await show({ dir: 'rtl' });
    expect(box('launcher').left).toBe(20);
    expect(box('panel').left).toBe(20);
    const bubble = document.querySelector('.ac-bubble')!.getBoundingClientRect();
    expect(bubble.left - box('panel').left).toBeLessThan(60);
  });
});

describe('colours', () => {
  test.each(['#ffde00', '#0b1f66', '#7a7a7a', '#e11d48', '#10b981', '#ffffff', '#000000'])(
    'on the accent %s the launcher stays readable',
    async (accent) => {
      document.documentElement.style.setProperty('--ac-accent', accent);
      await show();
      const { color, backgroundColor } = getComputedStyle(find('launcher'));
      expect(contrast(color, backgroundColor)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(['light', 'dark'] as const)('%s is what it says, whatever the page is', async (theme) => {
    await show({ theme });
    const surface = luminance(getComputedStyle(find('panel')).backgroundColor);
    expect(surface > 0.5).toBe(theme === 'light');
  });

  test.each(['light', 'dark'] as const)('the focus ring stands out in %s', async (theme) => {
    await show({ theme });
    const button = find('new-conversation');
    await act(async () => button.focus({ focusVisible: true }));
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(button);
    expect([outlineStyle, outlineWidth]).toEqual(['solid', '2px']);
    expect(contrast(outlineColor, getComputedStyle(find('panel')).backgroundColor)).toBeGreaterThanOrEqual(3);
  });
});

describe('in a shadow root', () => {
  async function showInShadow(): Promise<{ root: ShadowRoot; within: (selector: string) => HTMLElement }> {
    const host = document.body.appendChild(document.createElement('div'));
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    const undo = await mountWidget(frozenConversation(introduced), { defaultOpen: false }, root);
    unmount = async () => {
      await undo();
      host.remove();
    };
    return { root, within: (selector) => root.querySelector<HTMLElement>(selector)! };
  }
  const press = (target: Element, key: string, options: KeyboardEventInit = {}): Promise<void> =>
    act(async () => {
      target.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...options }),
      );
    });

  test('opening focuses the composer, Escape gives the focus back to the launcher', async () => {
    const { root, within } = await showInShadow();
    await act(async () => within('[data-ac="launcher"]').click());
    expect(root.activeElement).toBe(within('textarea'));
    await press(within('textarea'), 'Escape');
    expect(root.activeElement).toBe(within('[data-ac="launcher"]'));
  });

  test('on a phone Tab goes round inside of the panel', async () => {
    await page.viewport(375, 667);
    const { root, within } = await showInShadow();
    await act(async () => within('[data-ac="launcher"]').click());
    const controls = [...root.querySelectorAll<HTMLElement>('.ac-panel :is(button:enabled, textarea, [tabindex="0"])')];
    controls.at(-1)?.focus();
    await press(controls.at(-1)!, 'Tab');
    expect(root.activeElement).toBe(controls[0]);
    await press(controls[0]!, 'Tab', { shiftKey: true });
    expect(root.activeElement).toBe(controls.at(-1));
  });

  test("the host's accent reaches it", async () => {
    document.documentElement.style.setProperty('--ac-accent', 'rgb(225, 29, 72)');
    const { within } = await showInShadow();
    expect(getComputedStyle(within('[data-ac="launcher"]')).backgroundColor).toBe('rgb(225, 29, 72)');
  });
});
