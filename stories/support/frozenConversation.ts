import type { Conversation } from '../../src/core/conversation.js';
import type { LocalEvent } from '../../src/core/conversationEvent.js';
import type { AgentEvent } from '../../src/core/agentEvent.js';
import { EMPTY_STATE } from '../../src/core/conversationState.js';
import { reduce } from '../../src/core/reduce.js';
import { createStore } from '../../src/core/store.js';

/** An event, and how many milliseconds after the one before it happened (default 40). */
export type StoryEvent = (AgentEvent | LocalEvent) & { readonly after?: number };

/** A conversation that stands still. */
export interface FrozenConversation extends Conversation {
  /** Lets something more happen. */
  play(...events: readonly StoryEvent[]): void;
  /** The commands that were given, oldest first: `['send', 'Hello']`. */
  readonly commands: readonly (readonly unknown[])[];
}

/**
 * A conversation whose state is what the reducer makes of real events, so that a story cannot show what cannot happen.
 * Commands are recorded and have no effect.
 */
export function frozenConversation(...events: readonly StoryEvent[]): FrozenConversation {
  const store = createStore(EMPTY_STATE);
  const commands: (readonly unknown[])[] = [];
  let at = Date.UTC(2026, 0, 15, 9, 30);
  const record =
    (name: string) =>
    (...given: readonly unknown[]): void => {
      commands.push([name, ...given]);
    };
  function play(...next: readonly StoryEvent[]): void {
    store.setState(
      next.reduce((state, event) => {
        at += event.after ?? 40;
        const dated =
          event.type === 'message.added' ? { ...event, message: { ...event.message, createdAt: at } } : event;
        return reduce(state, { ...dated, at });
      }, store.getState()),
    );
  }
  play(...events);
  return {
    id: 'story',
    agentKey: 'support',
    commands,
    play,
    getState: store.getState,
    getInitialState: store.getState,
    subscribe: store.subscribe,
    send(input) {
      record('send')(input);
      return 'story-message';
    },
    stop: record('stop'),
    retry: record('retry'),
    resend: record('resend'),
    withdraw: record('withdraw'),
    editAndResend(messageId, input) {
      record('editAndResend')(messageId, input);
      return 'story-message';
    },
    approve(toolCallId) {
      record('approve')(toolCallId);
      return Promise.resolve();
    },
    reject(toolCallId, reason) {
      record('reject')(toolCallId, reason);
      return Promise.resolve();
    },
    sendFeedback(messageId, rating, comment) {
      record('sendFeedback')(messageId, rating, comment);
      return Promise.resolve();
    },
    submitToolResult: record('submitToolResult'),
    reset: record('reset'),
    open: record('open'),
    list: () => Promise.resolve([]),
    rename: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    keep: () => null,
    onProblem: () => () => undefined,
    readDraft: () => '',
    writeDraft: () => undefined,
    update: record('update'),
    loadAgent: () => Promise.resolve(),
    resume: () => undefined,
    destroy: () => undefined,
  };
}
