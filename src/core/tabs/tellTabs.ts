import type { UserMessage } from '../message.js';
import { encodeTabMessage } from './tabMessage.js';
import type { Tabs } from './tabs.js';

/** Tells the tabs that show a conversation what was said in it by one that shows it no more: what that one wrote down, they would read only after a reload. */
export function tellTabs(
  tabs: Tabs,
  conversationId: string,
  said: readonly UserMessage[],
  createId: () => string,
): void {
  const passing = { onLead: nothing, onRest: nothing, onMessage: nothing };
  const channel = tabs.join(conversationId, passing);
  for (const message of said) {
    channel.post(encodeTabMessage({ kind: 'intent', id: createId(), event: { type: 'message.added', message } }));
  }
  channel.leave();
}

const nothing = (): void => undefined;
