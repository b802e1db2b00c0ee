/** The page's timers, held until somebody lets them run: what a component does after a while is looked at without waiting for it. */
export interface HeldTimers {
  /** Runs everything that waits, and not what that leads to. */
  run(): void;
  /** Gives the page its clock back. */
  release(): void;
}

export function holdTimers(): HeldTimers {
  const original = { setTimeout: window.setTimeout, clearTimeout: window.clearTimeout };
  let waiting = new Map<number, () => void>();
  let last = 1e9; // none that the browser gives
  Object.assign(window, {
    setTimeout: (callback: () => void) => {
      waiting.set((last += 1), callback);
      return last;
    },
    clearTimeout: (timer: number) => {
      if (!waiting.delete(timer)) original.clearTimeout.call(window, timer);
    },
  });
  return {
    run() {
      const due = waiting;
      waiting = new Map();
      for (const callback of due.values()) callback();
    },
    release: () => void Object.assign(window, original),
  };
}
