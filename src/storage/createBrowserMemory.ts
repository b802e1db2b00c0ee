import type { ConversationOptions } from '../core/conversation.js';
import { createBrowserStorage, type BrowserStorageOptions } from './createBrowserStorage.js';
import { createBrowserTabs } from './createBrowserTabs.js';

/** What a conversation in a page remembers by default: `none` nothing, `session` for its tab alone, `local` for all tabs of the browser. */
export function createBrowserMemory(options: BrowserStorageOptions): Pick<ConversationOptions, 'storage' | 'tabs'> {
  const { mode = 'local' } = options;
  if (mode === 'none') return {};
  const storage = createBrowserStorage(options);
  return mode === 'local' ? { storage, tabs: createBrowserTabs(options) } : { storage };
}
