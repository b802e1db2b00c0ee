import { monotonicFactory } from 'ulid';
import { systemClock } from './clock.js';
import { systemConnectivity } from './connectivity.js';
import type {
  Conversation,
  ConversationOptions,
  ConversationUpdate,
  MessageInput,
  SendOptions,
} from './conversation.js';
import { EMPTY_STATE, selectMessage, selectPendingToolCalls, type ConversationState } from './conversationState.js';
import { createDispatcher } from './createDispatcher.js';
import { createTurns } from './createTurns.js';
import { AgentChatError } from './errors.js';
import { isEmptyInput, toInputParts, userMessage } from './inputParts.js';
import { isEqual } from './isEqual.js';
import { createStore } from './store.js';
import { isCutOff, isFailedDelivery } from './toolResults.js';

/**
 * Begins a conversation with one agent.
 *
 * @example
 * const conversation = createConversation({ agentKey: 'support', transport: createResponsesTransport({ url: '/api/agent-chat' }) });
 * conversation.subscribe(() => draw(conversation.getState()));
 * conversation.send('Hello');
 */
export function createConversation(options: ConversationOptions): Conversation {
  const { agentKey, transport, clock = systemClock, connectivity = systemConnectivity, random = Math.random } = options;
  const createId = monotonicFactory();
  const id = options.id ?? createId();
  let settings: ConversationUpdate = options;
  let loading: AbortController | null = null;

  const store = createStore<ConversationState>({
    ...EMPTY_STATE,
    identity: options.identity ?? null,
    thread: options.thread ?? null,
  });
  const { getState } = store;
  const dispatcher = createDispatcher(store, clock, (event) => {
    // The visitor reads a short sentence; what happened, why it matters and what to do is for the developer.
    if (event.type === 'run.failed' || event.type === 'response.failed') console.error(event.error);
    settings.onEvent?.(event);
  });
  const { dispatch } = dispatcher;
  const parties = { ...dispatcher, agentKey, transport, getState, createId: () => createId(), connectivity };
  // Most turns go straight through, so what the others need is not in the way of the first answer; asked for early, it is there when the network is not.
  const loadRecovery = once(async () => {
    const { createRecovery } = await import('./recovery/createRecovery.js');
    return createRecovery({ ...parties, clock, random });
  });
  const turns = createTurns({ ...parties, getSettings: () => settings, loadRecovery, kept: () => null });

  function send(input: MessageInput, { whenBusy = 'queue' }: SendOptions = {}): string {
    const parts = typeof input === 'string' ? [{ kind: 'text' as const, text: input }] : input.parts;
    if (isEmptyInput(parts)) throw emptyMessage();
    if (whenBusy === 'reject' && getState().run) throw busy();
    const messageId = createId();
    dispatch({ type: 'message.added', message: userMessage(messageId, parts, clock.now()) });
    proceed();
    return messageId;
  }

  function proceed(): void {
    turns.start();
    loadRecovery().catch(() => undefined); // tried again where it is needed
  }

  function sendAgain(messageId: string): void {
    const message = selectMessage(getState(), messageId);
    if (message?.role === 'user') send({ parts: toInputParts(message.parts) });
  }

  function retry(messageId: string): void {
    const message = selectMessage(getState(), messageId);
    if (message?.role === 'user' && message.delivery === 'failed') {
      dispatch({ type: 'delivery.changed', messageId, delivery: 'queued', error: null });
      proceed();
    } else if (message?.role === 'agent' && message.status === 'failed') {
      if (isCutOff(message)) return turns.followUp(message);
      if (!isFailedDelivery(getState(), message)) return sendAgain(message.inReplyTo);
      dispatch({ type: 'message.removed', messageId });
      proceed();
    }
  }

  async function loadAgent(): Promise<void> {
    if (getState().agent) return;
    loading?.abort();
    const { signal } = (loading = new AbortController());
    try {
      const agent = await transport.agent?.({ agentKey, signal, onEvent: dispatch });
      if (agent && !signal.aborted) dispatch({ type: 'agent.loaded', agent });
    } catch {
      // Without a card the agent goes by its key.
    }
  }

  return {
    id,
    agentKey,
    getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    send,
    stop() {
      if (!getState().run) return;
      turns.end();
      proceed();
    },
    retry,
    resend(messageId) {
      const message = selectMessage(getState(), messageId);
      if (message?.role === 'user' && message.delivery === 'uncertain') sendAgain(messageId);
    },
    editAndResend(messageId, input) {
      const message = selectMessage(getState(), messageId);
      if (message?.role !== 'user') return null;
      const isUnheard =
        message.delivery === 'failed' || (message.delivery === 'queued' && message.id !== getState().run?.messageId);
      const editedAs = send(input);
      dispatch(isUnheard ? { type: 'message.removed', messageId } : { type: 'message.edited', messageId, editedAs });
      return editedAs;
    },
    async approve(toolCallId) {
      await (await import('./decideReview.js')).decideReview(parties, toolCallId, 'approved');
    },
    async reject(toolCallId, reason) {
      await (await import('./decideReview.js')).decideReview(parties, toolCallId, 'rejected', reason);
    },
    submitToolResult(toolCallId, result) {
      if (!selectPendingToolCalls(getState()).some((call) => call.toolCallId === toolCallId)) return;
      dispatch({ type: 'tool.answered', toolCallId, result });
      proceed();
    },
    reset() {
      turns.end();
      turns.forget();
      dispatch({ type: 'conversation.reset' });
    },
    update(changes) {
      settings = { ...settings, ...changes };
      const { identity = null, thread = null } = settings;
      const state = getState();
      // By value: hosts write these inline, and a change for every render would render for ever.
      if (isEqual(state.identity, identity) && isEqual(state.thread, thread)) return;
      dispatch({ type: 'context.changed', identity, thread });
    },
    loadAgent,
    resume() {
      void loadAgent();
      proceed();
    },
    destroy() {
      loading?.abort();
      turns.disconnect();
    },
  };
}

/** What it makes the first time, every time; made anew after a failure. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    }));
}

function emptyMessage(): AgentChatError {
  return new AgentChatError({
    code: 'empty_message',
    message:
      'send() got a message without content. The API refuses such a message, so it was not sent. Pass some text or a file.',
  });
}

function busy(): AgentChatError {
  return new AgentChatError({
    code: 'task_active',
    message:
      "send() was called with whenBusy: 'reject' while an answer was on its way. The message was not sent. Wait for it, or use 'queue'.",
  });
}
