import { monotonicFactory } from 'ulid';
import type { AgentEvent } from './agentEvent.js';
import { systemClock } from './clock.js';
import type {
  Conversation,
  ConversationOptions,
  ConversationUpdate,
  MessageInput,
  OutgoingMessage,
  SendOptions,
} from './conversation.js';
import { EMPTY_STATE, selectMessage, selectPendingToolCalls, type ConversationState } from './conversationState.js';
import type { LocalEvent } from './conversationEvent.js';
import { createDispatcher } from './createDispatcher.js';
import { AgentChatError, toAgentChatError } from './errors.js';
import { toInputParts, userMessage } from './inputParts.js';
import type { UserMessage } from './message.js';
import { nextToolResults, nextToSend } from './nextToSend.js';
import { runTurn } from './runTurn.js';
import { createStore } from './store.js';

/**
 * Begins a conversation with one agent.
 *
 * @example
 * const conversation = createConversation({ agentKey: 'support', transport: createResponsesTransport({ url: '/api/agent-chat' }) });
 * conversation.subscribe(() => draw(conversation.getState()));
 * conversation.send('Hello');
 */
export function createConversation(options: ConversationOptions): Conversation {
  const { agentKey, transport, clock = systemClock } = options;
  const createId = monotonicFactory();
  const id = options.id ?? createId();
  let settings: ConversationUpdate = options;
  let abort: AbortController | null = null;
  let loading: AbortController | null = null;
  /** A task that was left running: by `stop()`, or because the server said so. It blocks the next turn (PROTOCOL.md 7.2). */
  let activeTaskId: string | null = null;

  const store = createStore<ConversationState>({
    ...EMPTY_STATE,
    identity: options.identity ?? null,
    thread: options.thread ?? null,
  });
  const { getState } = store;
  const { dispatch, flush } = createDispatcher(store, clock, (event) => report(settings.onEvent, event));

  function send(input: MessageInput, { whenBusy = 'queue' }: SendOptions = {}): string {
    const parts = typeof input === 'string' ? [{ kind: 'text' as const, text: input }] : input.parts;
    if (parts.every((part) => part.kind === 'text' && part.text.trim() === '')) {
      throw new AgentChatError({
        code: 'empty_message',
        message:
          'send() got a message without content. The API refuses such a message, so it was not sent. Pass some text or a file.',
      });
    }
    if (whenBusy === 'reject' && getState().run) {
      throw new AgentChatError({
        code: 'task_active',
        message:
          "send() was called with whenBusy: 'reject' while an answer was on its way. The message was not sent. Wait for it, or use 'queue'.",
      });
    }
    const messageId = createId();
    dispatch({ type: 'message.added', message: userMessage(messageId, parts, clock.now()) });
    void pump();
    return messageId;
  }

  /** Takes up the next thing there is to send, unless a run is under way. First in, first out. */
  async function pump(): Promise<void> {
    if (abort) return;
    const next = nextToSend(getState());
    if (!next) return;
    const controller = (abort = new AbortController());
    if (next.kind === 'user') await runUserMessage(next.message, controller.signal);
    else await exchange(next.inReplyTo, { messageId: createId(), parts: next.results }, 'tool', controller.signal);
    if (abort !== controller) return; // stopped meanwhile, and perhaps begun anew
    abort = null;
    void pump();
  }

  async function runUserMessage(message: UserMessage, signal: AbortSignal): Promise<void> {
    for (const call of selectPendingToolCalls(getState())) {
      // Unanswered calls make the provider refuse the next user turn (PROTOCOL.md 7.5).
      dispatch({
        type: 'tool.answered',
        toolCallId: call.toolCallId,
        result: { error: 'The visitor went on without this result.' },
      });
    }
    const unanswered = nextToolResults(getState());
    if (unanswered)
      await exchange(unanswered.inReplyTo, { messageId: createId(), parts: unanswered.results }, 'tool', signal);
    if (signal.aborted) return;
    dispatch({ type: 'delivery.changed', messageId: message.id, delivery: 'sending', error: null });
    dispatch({ type: 'run.started', userMessageId: message.id, agentMessageId: createId() });
    try {
      const outgoing = { messageId: message.id, parts: toInputParts(message.parts) };
      const allowed = settings.beforeSend ? await settings.beforeSend(outgoing) : outgoing;
      if (signal.aborted) return;
      if (allowed) return await exchange(message.id, allowed, 'user', signal);
      fail(
        message.id,
        new AgentChatError({
          code: 'invalid_request',
          source: 'config',
          message: 'beforeSend returned null, so the message was not sent.',
        }),
      );
    } catch (thrown) {
      fail(
        message.id,
        new AgentChatError({
          code: 'config',
          message: `beforeSend threw, so the message was not sent: ${toAgentChatError(thrown).message}`,
          cause: thrown,
        }),
      );
    }
  }

  async function exchange(
    userMessageId: string,
    message: OutgoingMessage,
    role: 'user' | 'tool',
    signal: AbortSignal,
  ): Promise<void> {
    if (role === 'tool') dispatch({ type: 'run.started', userMessageId, agentMessageId: createId() });
    const { identity, thread, memory, variables, metadata } = settings;
    for (let attempt = 1; ; attempt += 1) {
      await waitUntilInactive(signal);
      if (signal.aborted) return;
      const taskId = getState().taskId ?? undefined;
      const request = {
        agentKey,
        taskId,
        identity,
        thread,
        memory,
        variables,
        metadata,
        signal,
        message: { ...message, role },
      };
      const outcome = await runTurn(transport, request, dispatch);
      flush();
      if (outcome.kind === 'aborted') return;
      if (outcome.kind === 'ended') return dispatch({ type: 'run.settled' });
      if (outcome.error.code !== 'task_active' || taskId === undefined || attempt > 1)
        return fail(userMessageId, outcome.error);
      activeTaskId = taskId; // refused because the task still runs: certainly not processed, so it may be sent once more
    }
  }

  async function waitUntilInactive(signal: AbortSignal): Promise<void> {
    if (activeTaskId === null) return;
    try {
      for await (const event of transport.follow({ agentKey, taskId: activeTaskId, signal })) {
        if (event.type === 'connection.changed') dispatch(event);
      }
    } catch {
      // Whether the task may be continued is for the server to say, in its answer to the next turn.
    }
    if (!signal.aborted) activeTaskId = null;
  }

  function fail(messageId: string, error: AgentChatError): void {
    const message = selectMessage(getState(), messageId);
    if (message?.role === 'user' && message.delivery !== 'sent') {
      dispatch({
        type: 'delivery.changed',
        messageId,
        delivery: error.processed === 'no' ? 'failed' : 'uncertain',
        error,
      });
    }
    dispatch({ type: 'run.failed', error });
    dispatch({ type: 'run.settled' });
  }

  /** Stops reading. What has arrived stays, and a message of which nothing is known is uncertain. */
  function disconnect(): void {
    abort?.abort();
    abort = null;
    flush();
    const { run, taskId } = getState();
    if (!run) return;
    if (selectMessage(getState(), run.agentMessageId)) activeTaskId = taskId;
    const message = selectMessage(getState(), run.userMessageId);
    if (message?.role === 'user' && message.delivery === 'sending') {
      dispatch({ type: 'delivery.changed', messageId: message.id, delivery: 'uncertain', error: null });
    }
    dispatch({ type: 'run.stopped' });
  }

  function stop(): void {
    disconnect();
    void pump();
  }

  function retry(messageId: string): void {
    const message = selectMessage(getState(), messageId);
    if (message?.role === 'user' && message.delivery === 'failed') {
      dispatch({ type: 'delivery.changed', messageId, delivery: 'queued', error: null });
      void pump();
    } else if (message?.role === 'agent' && message.status === 'failed') {
      sendAgain(message.inReplyTo);
    }
  }

  function sendAgain(messageId: string): void {
    const message = selectMessage(getState(), messageId);
    if (message?.role === 'user') send({ parts: toInputParts(message.parts) });
  }

  return {
    id,
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
    submitToolResult(toolCallId, result) {
      if (!selectPendingToolCalls(getState()).some((call) => call.toolCallId === toolCallId)) return;
      dispatch({ type: 'tool.answered', toolCallId, result });
      void pump();
    },
    reset() {
      disconnect();
      activeTaskId = null;
      dispatch({ type: 'conversation.reset' });
    },
    update(changes) {
      settings = { ...settings, ...changes };
      const { identity = null, thread = null } = settings;
      const state = getState();
      if (state.identity !== identity || state.thread !== thread)
        dispatch({ type: 'context.changed', identity, thread });
    },
    async loadAgent() {
      if (getState().agent) return;
      loading?.abort();
      const { signal } = (loading = new AbortController());
      const agent = await transport.agent?.({ agentKey, signal }).catch(() => null);
      if (agent && !signal.aborted) dispatch({ type: 'agent.loaded', agent });
    },
    destroy() {
      loading?.abort();
      disconnect();
    },
  };
}

function report(listener: ConversationUpdate['onEvent'], event: AgentEvent | LocalEvent): void {
  try {
    listener?.(event);
  } catch (thrown) {
    console.error('agent-chat-widget: onEvent threw. The conversation goes on; please mend the handler.', thrown);
  }
}
