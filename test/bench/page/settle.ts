import { pause } from './time.js';

/** Text that types itself out and code that is coloured later come in steps; this long without one means done. */
const QUIET_MS = 150;
const LONGEST_MS = 60_000;

/** Resolves once nothing has changed below `stage`, shadow roots included, for a while. */
export async function settle(stage: HTMLElement): Promise<void> {
  let isQuiet = false;
  const observer = new MutationObserver(() => {
    isQuiet = false;
  });
  for (const root of openRoots(stage)) observer.observe(root, { childList: true, characterData: true, subtree: true });
  for (let waited = 0; waited < LONGEST_MS && !isQuiet; waited += QUIET_MS) {
    isQuiet = true;
    await pause(QUIET_MS);
  }
  observer.disconnect();
}

/** All text below `stage`, shadow roots included. */
export function textOf(stage: HTMLElement): string {
  return openRoots(stage)
    .map((root) => root.textContent ?? '')
    .join('\n');
}

function openRoots(root: HTMLElement | ShadowRoot): (HTMLElement | ShadowRoot)[] {
  const hosts = [...root.querySelectorAll('*')].filter((element) => element.shadowRoot !== null);
  return [root, ...hosts.flatMap(({ shadowRoot }) => openRoots(shadowRoot!))];
}
