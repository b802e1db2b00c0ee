import type { Clock } from '../../src/core/clock.js';
// What is loaded when it is needed is loaded here, so that `settle` need not wait for files.
import '../../src/core/keeping/createMemory.js';
import '../../src/core/recovery/createRecovery.js';
import '../../src/core/tools/createToolRunner.js';
import '../../src/core/askBeforeSend.js';
import '../../src/core/createDecider.js';
import '../../src/transport/askToken.js';
import '../../src/transport/beyondStreaming.js';

const FRAME_MS = 16;

export interface ManualClock extends Clock {
  /** Lets everything happen that needs no time: promises and streams. */
  settle(): Promise<void>;
  /** Lets time pass, timer after timer, and everything happen that they bring about. */
  advance(milliseconds: number): Promise<void>;
  /** Time passes, and nothing happens meanwhile: the machine sleeps. What was due then is late. */
  sleep(milliseconds: number): void;
  /** How many timers wait. */
  readonly pending: () => number;
}

/** Time that passes when the test says so. Unlike fake timers it costs nothing per timer, so thousands of conversations can wait at once. */
export function createManualClock(start = Date.parse('2026-02-03T10:20:00Z')): ManualClock {
  let now = start;
  const timers = new Set<{ readonly due: number; readonly callback: () => void }>();

  function after(milliseconds: number, callback: () => void): () => void {
    const timer = { due: now + milliseconds, callback };
    timers.add(timer);
    return () => void timers.delete(timer);
  }

  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  return {
    now: () => now,
    after,
    frame: (callback) => after(FRAME_MS, callback),
    settle,
    sleep: (milliseconds) => void (now += milliseconds),
    pending: () => timers.size,
    async advance(milliseconds) {
      const until = now + milliseconds;
      await settle();
      for (;;) {
        const next = Math.min(...[...timers].map((timer) => timer.due));
        if (next > until) break;
        now = Math.max(now, next);
        for (const timer of [...timers]) {
          if (timer.due === next && timers.delete(timer)) timer.callback();
        }
        await settle();
      }
      now = until;
    },
  };
}
