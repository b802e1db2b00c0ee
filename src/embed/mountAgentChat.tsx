import { createRoot } from 'react-dom/client';
import { AgentChatWidget } from '../components/AgentChatWidget.js';
import type { Locale } from '../components/language/locale.js';
import type { AgentEvent } from '../core/agentEvent.js';
import { createConversation } from '../core/createConversation.js';
import type { Conversation, ConversationOptions } from '../core/conversation.js';
import type { LocalEvent } from '../core/conversationEvent.js';
import { selectMessage } from '../core/conversationState.js';
import { messageText } from '../core/message.js';
import { createStore } from '../core/store.js';
import type { MathSupport } from '../markdown/MathSupport.js';
import { createBrowserMemory } from '../storage/createBrowserMemory.js';
import { createResponsesTransport } from '../transport/createResponsesTransport.js';
import { useSyncExternalStore, type ReactElement } from 'react';
import type { EmbedOptions } from './embedOptions.js';
import { loadLocale } from './loadLocale.js';
import { loadMath } from './loadMath.js';

/** What happens in an embedded chat, by name. Also dispatched on the element as `agent-chat:<name>` with the same detail. */
export interface EmbedEvents {
  readonly ready: null;
  readonly open: null;
  readonly close: null;
  /** The visitor's message leaves for the agent: not while it waits for its turn or for the network, and never where it was held back. Once per message. */
  readonly 'message:sent': { readonly messageId: string; readonly text: string };
  /** The agent's answer is complete. */
  readonly 'message:received': { readonly messageId: string; readonly text: string };
  readonly error: { readonly code: string; readonly message: string };
}

/** What a page gives by a call: it is no text, so no attribute can carry it. */
export type Given = Pick<ConversationOptions, 'tools' | 'identity'>;

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
  given: Given,
  emit: <Name extends keyof EmbedEvents>(name: Name, detail: EmbedEvents[Name]) => void,
): MountedAgentChat {
  const state = createStore<EmbedState>({
    options,
    isOpen: options.open ?? options.mode === 'sidebar',
    locale: undefined,
    math: undefined,
  });
  const sent = new Set<string>();
  const conversation = createConversation({
    ...given,
    agentKey: options.agent,
    transport: createResponsesTransport({ url: options.url }),
    ...createBrowserMemory({ url: options.url, agentKey: options.agent, mode: options.storage }),
    onEvent: (event) => announce(conversation, event, sent, emit),
  });

  function update(next: EmbedOptions): void {
    const before = state.getState();
    state.setState({ ...before, options: next });
    if (next.locale !== before.options.locale) void speak(next.locale);
    if (next.math) void showFormulas();
  }

  async function showFormulas(): Promise<void> {
    const math = await loadMath();
    state.setState({ ...state.getState(), math });
  }

  /** In the language that was named last, however long an earlier one was on its way. */
  async function speak(tag: string | undefined): Promise<void> {
    const locale = tag === undefined ? undefined : await loadLocale(tag);
    if (state.getState().options.locale === tag) state.setState({ ...state.getState(), locale });
  }

  function setOpen(isOpen: boolean): void {
    if (state.getState().isOpen === isOpen) return;
    state.setState({ ...state.getState(), isOpen });
    emit(isOpen ? 'open' : 'close', null);
  }

  function Embedded(): ReactElement {
    const {
      options: { mode, theme, density, title, greeting, dir, links, images, math: hasMath },
      isOpen,
      locale,
      math,
    } = useSyncExternalStore(state.subscribe, state.getState, state.getInitialState);
    return (
      <AgentChatWidget
        {...{ conversation, mode, theme, density, title, greeting, locale, dir }}
        links={allowed(links)}
        images={allowed(images)}
        math={hasMath ? math : undefined}
        open={isOpen}
        onOpenChange={setOpen}
      />
    );
  }

  const container = document.createElement('div');
  container.className = 'ac-embed';
  root.append(container);
  const reactRoot = createRoot(container);
  reactRoot.render(<Embedded />);
  if (options.locale !== undefined) void speak(options.locale);
  if (options.math) void showFormulas();
  emit('ready', null);

  return {
    conversation,
    isOpen: () => state.getState().isOpen,
    setOpen,
    update,
    unmount() {
      conversation.destroy();
      reactRoot.unmount();
      container.remove();
    },
  };
}

function allowed(addresses: string | undefined): { readonly allow: readonly string[] } | undefined {
  return addresses === undefined ? undefined : { allow: addresses.split(/\s+/) };
}

interface EmbedState {
  readonly options: EmbedOptions;
  readonly isOpen: boolean;
  /** English until its file has come. */
  readonly locale: Locale | undefined;
  /** Absent until its file has come. */
  readonly math: MathSupport | undefined;
}

function announce(
  conversation: Conversation,
  event: AgentEvent | LocalEvent,
  sent: Set<string>,
  emit: <Name extends keyof EmbedEvents>(name: Name, detail: EmbedEvents[Name]) => void,
): void {
  if (event.type === 'delivery.changed' && event.delivery === 'sending' && !sent.has(event.messageId)) {
    const message = selectMessage(conversation.getState(), event.messageId);
    if (message?.role !== 'user') return; // the result of a tool
    sent.add(message.id);
    emit('message:sent', { messageId: message.id, text: messageText(message) });
  } else if (event.type === 'run.failed' || event.type === 'response.failed') {
    emit('error', { code: event.error.code, message: event.error.message });
  } else if (event.type === 'run.settled') {
    const answer = conversation.getState().messages.findLast((message) => message.role === 'agent');
    if (answer?.status === 'completed') emit('message:received', { messageId: answer.id, text: messageText(answer) });
  }
}
