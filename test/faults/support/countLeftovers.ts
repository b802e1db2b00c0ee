import type { Page } from 'playwright';

/** What a page still holds on to. */
export interface Leftovers {
  readonly timers: number;
  /** On `window` and `document`. */
  readonly listeners: number;
  /** Held or asked for. */
  readonly locks: number;
  /** To other tabs. */
  readonly channels: number;
}

/** Runs before the page's own scripts: counts what is begun, and takes off what is ended. */
export const COUNT_LEFTOVERS = `(() => {
  const timers = new Set();
  const listeners = new Map();
  const channels = new Set();
  Object.assign(window, { leftovers: () => ({
    timers: timers.size,
    listeners: [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
    channels: channels.size,
  }) });
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name) { super(name); channels.add(this); }
    close() { channels.delete(this); super.close(); }
  };
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  window.setTimeout = (callback, ...rest) => {
    const timer = setTimeout((...given) => { timers.delete(timer); callback(...given); }, ...rest);
    timers.add(timer);
    return timer;
  };
  window.setInterval = (...call) => { const timer = setInterval(...call); timers.add(timer); return timer; };
  window.clearTimeout = (timer) => { timers.delete(timer); clearTimeout(timer); };
  window.clearInterval = (timer) => { timers.delete(timer); clearInterval(timer); };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const isCounted = (target) => target === undefined || target === window || target === document;
  const setOf = (type) => listeners.get(type) ?? listeners.set(type, new Set()).get(type);
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (isCounted(this) && listener) setOf(type).add(listener);
    return addEventListener.call(this ?? window, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    if (isCounted(this)) setOf(type).delete(listener);
    return removeEventListener.call(this ?? window, type, listener, options);
  };
})();`;

export function countLeftovers(page: Page): Promise<Leftovers> {
  return page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const counted = (window as unknown as { leftovers(): Omit<Leftovers, 'locks'> }).leftovers();
    return { ...counted, locks: held.length + pending.length };
  });
}
