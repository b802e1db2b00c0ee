import { renderToStaticMarkup } from 'react-dom/server';
import { ChatRoot } from '../../src/components/ChatRoot.js';
import { Composer } from '../../src/components/composer/Composer.js';
import { ConnectionNotice } from '../../src/components/notices/ConnectionNotice.js';
import { LazyProgressHint, LazyRetryCountdown, loadLikelyParts } from '../../src/components/lazyParts.js';
import { Transcript } from '../../src/components/transcript/Transcript.js';
import type { Conversation } from '../../src/core/conversation.js';
import { AgentConversationProvider } from '../../src/react/AgentConversationProvider.js';

// What the components ask the browser for.
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true, clipboard: {} }, configurable: true });

/** Resolves once the code is there that a page loads when it is needed. */
export async function loadScreen(): Promise<void> {
  await Promise.all([loadLikelyParts(), LazyProgressHint.load(), LazyRetryCountdown.load()]);
}

/** What the widget shows of a conversation at this moment, as markup. */
export function showScreen(conversation: Conversation): string {
  return renderToStaticMarkup(
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot mode="inline">
        <Transcript />
        <ConnectionNotice />
        <Composer />
      </ChatRoot>
    </AgentConversationProvider>,
  );
}
