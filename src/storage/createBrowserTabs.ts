import type { TabMember, Tabs } from '../core/tabs/tabs.js';

export interface BrowserTabsOptions {
  /** Both tell the conversations of one widget from those of another on the same origin. */
  readonly url: string;
  readonly agentKey: string;
}

/**
 * The tabs of this browser, through Web Locks (who leads) and a BroadcastChannel (what happens). A lock is given back when its page dies, so another tab leads a moment later.
 * Where the browser lacks either or forbids it, every tab leads for itself.
 *
 * @example
 * createConversation({ agentKey, transport, storage: createBrowserStorage({ url, agentKey }), tabs: createBrowserTabs({ url, agentKey }) });
 */
export function createBrowserTabs({ url, agentKey }: BrowserTabsOptions): Tabs {
  return {
    join(conversationId, member) {
      const name = `agent-chat:${url}:${agentKey}:${conversationId}`;
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
      } else queueMicrotask(() => member.onLead());
      return {
        post: (message) => channel?.postMessage(message),
        leave() {
          window.removeEventListener('pagehide', handleHide);
          window.removeEventListener('pageshow', handleShow);
          lock?.letGo();
          channel?.close();
        },
      };
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
