import { systemClock } from './clock.js';
import type {
  Conversation,
  ConversationOptions,
  ConversationUpdate,
  MessageInput,
  SendOptions,
} from './conversation.js';
import {
  EMPTY_STATE,
  selectIsUnheard,
  selectMessage,
  selectPendingToolCalls,
  type ConversationState,
} from './conversationState.js';
import type { LocalEvent } from './conversationEvent.js';
import { createDispatcher } from './createDispatcher.js';
import type { Memory } from './keeping/createMemory.js';
import { createUlids } from './createUlids.js';
import { createWriting } from './createWriting.js';
import type { ToolRunner } from './tools/createToolRunner.js';
import { createTurns } from './createTurns.js';
import { AgentChatError } from './errors.js';
import { isEmptyInput, toInputParts, userMessage } from './inputParts.js';
import { isEqual } from './isEqual.js';
import { once } from './once.js';
import { createStore } from './store.js';
import type { TabCommand } from './tabs/tabMessage.js';
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
  const { agentKey, transport, storage, tabs, clock = systemClock, connectivity } = options;
  const { random = Math.random } = options;
  const createId = createUlids(clock.now);
  let settings: ConversationUpdate = options;
  let loading: AbortController | null = null;
  let tools: ToolRunner | null = null;
  let memory: Memory | null = null;
  let isDestroyed = false;
  let wantedId = options.id ?? null;
  /** What was shown before there was a memory to leave it to. */
  const left: ConversationState[] = [];

  const store = createStore<ConversationState>({
    ...EMPTY_STATE,
    conversationId: options.id ?? createId(),
    isRestoring: storage !== undefined,
    identity: options.identity ?? null,
    thread: options.thread ?? null,
  });
  const { getState } = store;
  const writing = createWriting({ storage, getState, createId, isGiven: Boolean(options.id) });
  const dispatcher = createDispatcher(store, clock, (event) => {
    memory?.note(event);
    if (memory?.isFollowing) return; // the tab that talks to the agent tells its page
    // The visitor reads a short sentence; what happened, why it matters and what to do is for the developer.
    if (event.type === 'run.failed' || event.type === 'response.failed') console.error(event.error);
    if (settings.tools && memory?.isLeading !== false && getState().status === 'input-required')
      void loadTools().then((loaded) => loaded.look(), nothing); // without its code, the calls wait as on a page without tools
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
  const loadDecider = once(async () => (await import('./createDecider.js')).createDecider(parties, loadTools));
  const loadMemory =
    storage &&
    once(async () => {
      const { createMemory } = await import('./keeping/createMemory.js');
      const others = { obey, follow: leave, begin: () => turns.start() };
      return (memory = createMemory({ ...parties, ...others, storage, tabs, clock, left }));
    });
  const turns = createTurns({
    ...parties,
    getSettings: () => settings,
    loadRecovery,
    keep,
  });

  function keep(): Promise<void> | null {
    return loadMemory ? loadMemory().then((loaded) => loaded.keep(), nothing) : null;
  }

  function send(input: MessageInput, { whenBusy = 'queue' }: SendOptions = {}): string {
    const parts = typeof input === 'string' ? [{ kind: 'text' as const, text: input }] : input.parts;
    if (isEmptyInput(parts)) throw emptyMessage();
    if (whenBusy === 'reject' && getState().run) throw busy();
    const messageId = createId();
    intend({ type: 'message.added', message: userMessage(messageId, parts, clock.now()) });
    return messageId;
  }

  /** Something that the visitor did: shown at once, and counted by the tab that talks to the agent. */
  function intend(event: LocalEvent): void {
    dispatch(event);
    if (!memory?.forward(event)) proceed();
  }

  function obey(command: TabCommand): void {
    if (command.name === 'stop') stop();
    else if (command.name === 'followUp') retry(command.messageId);
    else decide(command).catch(() => undefined); // the tab that shows it hears of it by what happens, or does not
  }

  function proceed(): void {
    if (memory) memory.proceed(wantedId);
    else if (loadMemory) void loadMemory().then(proceedOrRest, goWithoutMemory);
    else turns.start();
    loadRecovery().catch(() => undefined); // tried again where it is needed
  }

  /** Destroyed before the memory's code came, it would lead the tabs for ever, and nobody would hear of what it is told; what was said is kept all the same. */
  function proceedOrRest(): void {
    proceed();
    if (isDestroyed) memory?.pause();
  }

  function sendAgain(messageId: string): void {
    const message = selectMessage(getState(), messageId);
    if (message?.role === 'user') send({ parts: toInputParts(message.parts) });
  }

  function retry(messageId: string): void {
    const message = selectMessage(getState(), messageId);
    if (message?.role === 'user' && message.delivery === 'failed') {
      intend({ type: 'delivery.changed', messageId, delivery: 'queued', error: null });
    } else if (message?.role === 'agent' && message.status === 'failed') {
      if (isCutOff(message)) {
        if (!memory?.command({ name: 'followUp', messageId })) turns.followUp(message);
        return;
      }
      if (!isFailedDelivery(getState(), message)) return sendAgain(message.inReplyTo);
      intend({ type: 'message.removed', messageId });
    }
  }

  async function decide(decision: Extract<TabCommand, { name: 'decide' }>): Promise<void> {
    if (memory?.command(decision)) return;
    await (await loadDecider()).decide(decision);
  }

  function stop(): void {
    if (memory?.command({ name: 'stop' })) return;
    tools?.stop();
    if (!getState().run) return;
    turns.end();
    proceed();
  }

  /** Lets go of the agent. What runs goes on, and is taken up again by whoever shows it next. */
  function leave(): void {
    tools?.stop();
    turns.disconnect();
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

  /** Nothing is brought back, and nothing kept. */
  function goWithoutMemory(): void {
    const { conversationId, isRestoring } = getState();
    const nothingKept = { messages: [], taskId: null, run: null, status: 'idle' } as const;
    if (isRestoring) dispatch({ type: 'conversation.restored', conversationId, ...nothingKept });
    turns.start();
  }

  /** Ends what runs here; what another tab runs is not this one's to end. */
  function endOwn(): void {
    if (memory?.isLeading === false) leave();
    else turns.end();
  }

  function begin(isRestoring: boolean, where: () => string): void {
    writing.leave();
    tools?.stop();
    turns.forget();
    if (memory) memory.leave();
    else if (storage) left.push(getState());
    dispatch({ type: 'conversation.reset', conversationId: where(), isRestoring });
  }

  function reset(): void {
    const { messages, isRestoring } = getState();
    // It would go on here. To leave would be to hear no more of other tabs, which may say something in it.
    if (messages.length === 0 && !isRestoring && writing.read()) return;
    endOwn();
    begin(false, writing.goOn);
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
    stop,
    retry,
    resend(messageId) {
      const message = selectMessage(getState(), messageId);
      if (message?.role === 'user' && message.delivery === 'uncertain') sendAgain(messageId);
    },
    withdraw(messageId) {
      if (selectIsUnheard(getState(), messageId)) intend({ type: 'message.removed', messageId });
    },
    editAndResend(messageId, input) {
      if (selectMessage(getState(), messageId)?.role !== 'user') return null;
      const isUnheard = selectIsUnheard(getState(), messageId);
      const editedAs = send(input);
      intend(isUnheard ? { type: 'message.removed', messageId } : { type: 'message.edited', messageId, editedAs });
      return editedAs;
    },
    approve: (toolCallId) => decide({ name: 'decide', toolCallId, review: 'approved' }),
    reject: (toolCallId, reason) => decide({ name: 'decide', toolCallId, review: 'rejected', reason }),
    sendFeedback: async (...feedback) => (await loadDecider()).sendFeedback(...feedback),
    submitToolResult(toolCallId, result) {
      if (!selectPendingToolCalls(getState()).some((call) => call.toolCallId === toolCallId)) return;
      intend({ type: 'tool.answered', toolCallId, result });
    },
    reset,
    open(id) {
      if (!storage || id === getState().conversationId) return;
      leave();
      begin(true, () => id);
      wantedId = id;
      proceed();
    },
    list: async () => (await storage?.list()) ?? [],
    rename: async (id, title) => (await loadMemory?.())?.rename(id, title),
    async remove(id) {
      if (id === getState().conversationId) {
        writing.write('');
        reset();
        // What was said meanwhile is written behind it, and would bring it back.
        await keep();
      }
      await storage?.remove(id);
    },
    keep,
    onProblem: (listener) => storage?.onProblem(listener) ?? nothing,
    readDraft: writing.read,
    writeDraft: writing.write,
    update(changes) {
      settings = { ...settings, ...changes };
      const { identity = null, thread = null } = settings;
      const state = getState();
      // By value: hosts write these inline, and a change for every render would render for ever.
      if (isEqual(state.identity, identity) && isEqual(state.thread, thread)) return;
      const isSomebodyElse = state.identity?.id !== identity?.id;
      const isIntroduction = state.identity === null && state.messages.length > 0;
      if (isSomebodyElse && !isIntroduction) {
        endOwn();
        // What nobody in particular was writing is hers who says who she is; but not the next person's.
        begin(storage !== undefined, state.identity ? writing.beginAnew : writing.goOn);
        wantedId = null;
      }
      dispatch({ type: 'context.changed', identity, thread });
      if (isSomebodyElse) memory?.changeOwner(isIntroduction);
    },
    loadAgent,
    resume() {
      isDestroyed = false;
      void loadAgent();
      proceed();
    },
    destroy() {
      isDestroyed = true;
      loading?.abort();
      leave();
      memory?.pause();
    },
  };
}

const nothing = (): void => undefined;

function emptyMessage(): AgentChatError {
  return new AgentChatError({
    code: 'empty_message',
    message: 'The message has no content. The API would refuse it, so it was not sent. Pass some text or a file.',
  });
}

function busy(): AgentChatError {
  return new AgentChatError({
    code: 'task_active',
    message: "An answer is on its way, and whenBusy is 'reject'. The message was not sent. Wait, or use 'queue'.",
  });
}
