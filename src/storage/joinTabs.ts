import type { TabChannel, TabMember } from '../core/tabs/tabs.js';

/** Takes a seat among the tabs of one conversation. Loaded when the first of them does: a page shows its first answer without it. */
export function joinTabs(name: string, member: TabMember): TabChannel {
  let channel = openChannel(name, member);
  const lock = channel && createLock(name, member);

  // A page in the back/forward cache keeps its lock and does nothing with it: the other tabs would wait for it for ever.
  // And one that is told something while it lies there is thrown out.
  function handleHide({ persisted }: PageTransitionEvent): void {
    if (!persisted) return;
    lock?.letGo();
    channel?.close();
    channel = null;
    member.onRest();
  }
  function handleShow({ persisted }: PageTransitionEvent): void {
    if (!persisted) return;
    channel = openChannel(name, member);
    member.onRest(); // asks how things stand by now
    lock?.request();
  }

  if (lock) {
    lock.request();
    window.addEventListener('pagehide', handleHide);
    window.addEventListener('pageshow', handleShow);
  } else member.onLead();
  return {
    post: (message) => channel?.postMessage(message),
    leave() {
      window.removeEventListener('pagehide', handleHide);
      window.removeEventListener('pageshow', handleShow);
      lock?.letGo();
      channel?.close();
    },
  };
}

function openChannel(name: string, member: TabMember): BroadcastChannel | null {
  if (typeof BroadcastChannel === 'undefined' || !globalThis.navigator?.locks) return null;
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = (event) => member.onMessage(event.data);
    return channel;
  } catch {
    return null;
  }
}

function createLock(name: string, member: TabMember): { request(): void; letGo(): void } {
  let waiting = new AbortController();
  let release: (() => void) | null = null;

  return {
    request() {
      waiting = new AbortController();
      const { signal } = waiting;
      const hold = (): Promise<void> =>
        new Promise((resolve) => {
          release = resolve;
          if (signal.aborted) resolve();
          else member.onLead();
        });
      navigator.locks.request(name, { signal }, hold).catch(() => {
        if (!signal.aborted) member.onLead(); // forbidden here (a sandboxed frame): then there is nobody to share with either
      });
    },
    letGo() {
      waiting.abort();
      release?.();
      release = null;
    },
  };
}
