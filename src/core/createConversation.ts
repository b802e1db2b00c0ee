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
import { createMemory } from './keeping/createMemory.js';
import { createUlids } from './createUlids.js';
import type { ToolRunner } from './tools/createToolRunner.js';
import { createTurns } from './createTurns.js';
import { AgentChatError } from './errors.js';
import { isEmptyInput, toInputParts, userMessage } from './inputParts.js';
import { isEqual } from './isEqual.js';
import { once } from './once.js';
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
  const { agentKey, transport, storage, clock = systemClock, connectivity = systemConnectivity } = options;
  const { random = Math.random } = options;
  const createId = createUlids(clock.now);
  let settings: ConversationUpdate = options;
  let loading: AbortController | null = null;
  let tools: ToolRunner | null = null;

  const store = createStore<ConversationState>({
    ...EMPTY_STATE,
    conversationId: options.id ?? createId(),
    isRestoring: storage !== undefined,
    identity: options.identity ?? null,
    thread: options.thread ?? null,
  });
  const { getState } = store;
  const dispatcher = createDispatcher(store, clock, (event) => {
    // The visitor reads a short sentence; what happened, why it matters and what to do is for the developer.
    if (event.type === 'run.failed' || event.type === 'response.failed') console.error(event.error);
    memory?.note(event.type === 'part.delta');
    if (settings.tools && getState().status === 'input-required')
      void loadTools().then((tools) => tools.look(), noTools);
    settings.onEvent?.(event);
  });
  const { dispatch } = dispatcher;
  const parties = { ...dispatcher, agentKey, transport, getState, createId, connectivity };
  // Most turns go straight through, so what the others need is not in the way of the first answer; asked for early, it is there when the network is not.
  const loadRecovery = once(async () => {
    const { createRecovery } = await import('./recovery/createRecovery.js');
    return createRecovery({ ...parties, clock, random });
  });
  const loadTools = once(async () => {
    const { createToolRunner } = await import('./tools/createToolRunner.js');
    tools = createToolRunner({ ...parties, clock, getTools: () => settings.tools ?? {}, keep, proceed });
    return tools;
  });
  const memory = storage && createMemory({ ...parties, storage, clock, begin: proceed });
  const turns = createTurns({
    ...parties,
    getSettings: () => settings,
    loadRecovery,
    keep,
  });

  function keep(): Promise<void> | null {
    return memory?.keep() ?? null;
  }

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
    if (getState().isRestoring) memory?.restore(options.id ?? null);
    else turns.start();
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

  // Without the code for them, the calls wait as they do on a page without tools.
  const noTools = (): void => undefined;

  function begin(isRestoring: boolean, conversationId: string = createId()): void {
    tools?.stop();
    turns.forget();
    memory?.leave();
    dispatch({ type: 'conversation.reset', conversationId, isRestoring });
  }

  function reset(): void {
    turns.end();
    begin(false);
  }

  return {
    get id() {
      return getState().conversationId;
    },
    agentKey,
    getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    send,
    stop() {
      tools?.stop();
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
      await (await import('./decideReview.js')).decideReview(parties, loadTools, toolCallId, 'approved');
    },
    async reject(toolCallId, reason) {
      await (await import('./decideReview.js')).decideReview(parties, loadTools, toolCallId, 'rejected', reason);
    },
    submitToolResult(toolCallId, result) {
      if (!selectPendingToolCalls(getState()).some((call) => call.toolCallId === toolCallId)) return;
      dispatch({ type: 'tool.answered', toolCallId, result });
      proceed();
    },
    reset,
    open(id) {
      if (!memory || id === getState().conversationId) return;
      turns.disconnect();
      begin(true, id);
      memory.restore(id);
    },
    list: async () => (await storage?.list()) ?? [],
    rename: async (id, title) => memory?.rename(id, title),
    async remove(id) {
      if (id === getState().conversationId) reset();
      await storage?.remove(id);
    },
    keep,
    readDraft: () => storage?.readDraft(getState().conversationId) ?? '',
    writeDraft: (draft) => storage?.writeDraft(getState().conversationId, draft),
    update(changes) {
      settings = { ...settings, ...changes };
      const { identity = null, thread = null } = settings;
      const state = getState();
      // By value: hosts write these inline, and a change for every render would render for ever.
      if (isEqual(state.identity, identity) && isEqual(state.thread, thread)) return;
      const isSomebodyElse = state.identity?.id !== identity?.id;
      const isIntroduction = state.identity === null && state.messages.length > 0;
      if (isSomebodyElse && !isIntroduction) {
        turns.end();
        begin(memory !== undefined);
      }
      dispatch({ type: 'context.changed', identity, thread });
      if (isSomebodyElse) memory?.changeOwner(isIntroduction);
    },
    loadAgent,
    resume() {
      void loadAgent();
      proceed();
    },
    destroy() {
      loading?.abort();
      tools?.stop();
      turns.disconnect();
      memory?.pause();
    },
  };
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
