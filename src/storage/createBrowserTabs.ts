import { once } from '../core/once.js';
import type { Tabs } from '../core/tabs/tabs.js';

/** Whose tabs `createBrowserTabs` joins: those of one widget, which is one agent behind one address. */
export interface BrowserTabsOptions {
  /** Both tell the conversations of one widget from those of another on the same origin. */
  readonly url: string;
  readonly agentKey: string;
}

/**
 * The tabs of this browser, through Web Locks (who leads) and a BroadcastChannel (what happens). A lock is given back when its page dies, so another tab leads a moment later.
 * Where the browser lacks either or forbids it, or the code for it cannot be loaded, every tab leads for itself.
 *
 * @example
 * createConversation({ agentKey, transport, storage: createBrowserStorage({ url, agentKey }), tabs: createBrowserTabs({ url, agentKey }) });
 */
export function createBrowserTabs({ url, agentKey }: BrowserTabsOptions): Tabs {
  return {
    join(conversationId, member) {
      const joined = loadTabs().then(
        ({ joinTabs }) => joinTabs(`agent-chat:${url}:${agentKey}:${conversationId}`, member),
        () => member.onLead(),
      );
      return {
        post: (message) => void joined.then((channel) => channel?.post(message)),
        leave: () => void joined.then((channel) => channel?.leave()),
      };
    },
  };
}

const loadTabs = once(() => import('./joinTabs.js'));
