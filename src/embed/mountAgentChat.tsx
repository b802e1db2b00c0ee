import { createRoot } from 'react-dom/client';
import { AgentChatWidget } from '../components/AgentChatWidget.js';
import type { AgentEvent } from '../core/agentEvent.js';
import { createConversation } from '../core/createConversation.js';
import type { Conversation } from '../core/conversation.js';
import type { LocalEvent } from '../core/conversationEvent.js';
import { messageText } from '../core/message.js';
import { createStore } from '../core/store.js';
import { createBrowserMemory } from '../storage/createBrowserMemory.js';
import { createResponsesTransport } from '../transport/createResponsesTransport.js';
import { useSyncExternalStore, type ReactElement } from 'react';
import type { EmbedOptions } from './embedOptions.js';

/** What happens in an embedded chat, by name. Also dispatched on the element as `agent-chat:<name>` with the same detail. */
export interface EmbedEvents {
  readonly ready: null;
  readonly open: null;
  readonly close: null;
  /** The visitor's message is on its way. */
  readonly 'message:sent': { readonly messageId: string; readonly text: string };
  /** The agent's answer is complete. */
  readonly 'message:received': { readonly messageId: string; readonly text: string };
  readonly error: { readonly code: string; readonly message: string };
}

/** The chat that was put into a shadow root. */
export interface MountedAgentChat {
  readonly conversation: Conversation;
  isOpen(): boolean;
  setOpen(isOpen: boolean): void;
  /** Changes how it looks; `url` and `agent` are fixed. */
  update(options: EmbedOptions): void;
  unmount(): void;
}

/** Renders the widget into a shadow root. The only logic here is what joins the page to the conversation. */
export function mountAgentChat(
  root: ShadowRoot,
  options: EmbedOptions,
  emit: <Name extends keyof EmbedEvents>(name: Name, detail: EmbedEvents[Name]) => void,
): MountedAgentChat {
  const state = createStore({ options, isOpen: options.open ?? options.mode === 'sidebar' });
  const conversation = createConversation({
    agentKey: options.agent,
    transport: createResponsesTransport({ url: options.url }),
    ...createBrowserMemory({ url: options.url, agentKey: options.agent, mode: options.storage }),
    onEvent: (event) => announce(conversation, event, emit),
  });

  function setOpen(isOpen: boolean): void {
    if (state.getState().isOpen === isOpen) return;
    state.setState({ ...state.getState(), isOpen });
    emit(isOpen ? 'open' : 'close', null);
  }

  function Embedded(): ReactElement {
    const {
      options: { mode, theme, title, greeting, dir },
      isOpen,
    } = useSyncExternalStore(state.subscribe, state.getState, state.getInitialState);
    return (
      <AgentChatWidget {...{ conversation, mode, theme, title, greeting, dir }} open={isOpen} onOpenChange={setOpen} />
    );
  }

  const container = document.createElement('div');
  container.className = 'ac-embed';
  root.append(container);
  const reactRoot = createRoot(container);
  reactRoot.render(<Embedded />);
  emit('ready', null);

  return {
    conversation,
    isOpen: () => state.getState().isOpen,
    setOpen,
    update: (next) => state.setState({ ...state.getState(), options: next }),
    unmount() {
      conversation.destroy();
      reactRoot.unmount();
      container.remove();
    },
  };
}

function announce(
  conversation: Conversation,
  event: AgentEvent | LocalEvent,
  emit: <Name extends keyof EmbedEvents>(name: Name, detail: EmbedEvents[Name]) => void,
): void {
  if (event.type === 'message.added') {
    emit('message:sent', { messageId: event.message.id, text: messageText(event.message) });
  } else if (event.type === 'run.failed' || event.type === 'response.failed') {
    emit('error', { code: event.error.code, message: event.error.message });
  } else if (event.type === 'run.settled') {
    const answer = conversation.getState().messages.findLast((message) => message.role === 'agent');
    if (answer?.status === 'completed') emit('message:received', { messageId: answer.id, text: messageText(answer) });
  }
}
