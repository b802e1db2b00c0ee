import { options } from 'preact';

// What the widget imports from react in the project `preact` (vite.config.ts), as it does in the script tag.
// @ts-expect-error -- preact's types are one namespace, which cannot be handed on.
export * from 'preact/compat';
export { default } from 'preact/compat';

const waiting = new Set<() => void>();

/** When a page would run effects: behind the next frame. Unless `act` is there first. */
function behindTheFrame(runEffects: () => void): void {
  const run = (): void => {
    if (waiting.delete(run)) runEffects();
  };
  waiting.add(run);
  requestAnimationFrame(() => setTimeout(run));
}

/** In place of React's: afterwards all that the work brought about has been drawn. preact's own puts off all drawing until the work is over, which no page does. */
export async function act<T>(work: () => T | Promise<T>): Promise<T> {
  options.requestAnimationFrame = behindTheFrame;
  const result = await work();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve)); // preact draws in a microtask
    if (waiting.size === 0) return result;
    for (const run of waiting) run();
  }
}
