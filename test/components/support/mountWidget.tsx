import { StrictMode, act } from 'react';
import { createRoot } from 'react-dom/client';
import { ChatRoot, type ChatRootProps } from '../../../src/components/ChatRoot.js';
import { ChatView } from '../../../src/components/ChatView.js';
import { loadLikelyParts } from '../../../src/components/lazyParts.js';
import type { Conversation } from '../../../src/core/conversation.js';
import { AgentConversationProvider } from '../../../src/react/AgentConversationProvider.js';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

// What is loaded in an idle moment on a page is there at once in tests.
await loadLikelyParts();

/** Draws the widget in a real page, or in a shadow root of it. @returns the undoing. */
export async function mountWidget(
  conversation: Conversation,
  props: ChatRootProps = {},
  into: ParentNode & Node = document.body,
): Promise<() => Promise<void>> {
  const container = into.appendChild(document.createElement('div'));
  container.style.height = '600px';
  const root = createRoot(container);
  await act(async () =>
    root.render(
      <StrictMode>
        <AgentConversationProvider conversation={conversation}>
          <ChatRoot defaultOpen {...props}>
            <ChatView />
          </ChatRoot>
        </AgentConversationProvider>
      </StrictMode>,
    ),
  );
  return async () => {
    await act(async () => root.unmount());
    container.remove();
  };
}

/** Two frames, one for layout and one for what observers do about it; transitions are brought to their end. */
export async function nextFrame(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) {
    await act(async () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
  }
  for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
}
