import type { Conversation } from '../core/conversation.js';
import { createStore, type ReadonlyStore } from '../core/store.js';

/** What is being written for one conversation. */
export interface Draft extends ReadonlyStore<string> {
  setText(text: string): void;
  /** Sends what is written. @returns whether there was something to send. */
  submit(): boolean;
  /** Another of the visitor's conversations is shown: what was being written there comes back. */
  open(conversationId: string): void;
}

// The draft lives with the conversation and not with the component: closing the panel must not lose what was typed.
const drafts = new WeakMap<Conversation, Draft>();

export function draftOf(conversation: Conversation): Draft {
  const draft = drafts.get(conversation) ?? createDraft(conversation);
  drafts.set(conversation, draft);
  return draft;
}

function createDraft(conversation: Conversation): Draft {
  const store = createStore('');
  const { getState, getInitialState, subscribe } = store;
  let opened: string | null = null;
  let isSubmitting = false;

  function setText(text: string): void {
    store.setState(text);
    conversation.writeDraft(text);
  }

  return {
    ...{ getState, getInitialState, subscribe, setText },
    submit() {
      const written = getState();
      // Until it is cleared, the same text must not go out a second time.
      if (written.trim() === '' || isSubmitting) return false;
      conversation.send(written);
      const keeping = conversation.keep();
      if (!keeping) {
        setText('');
        return true;
      }
      isSubmitting = true;
      void keeping.then(() => {
        isSubmitting = false;
        const text = getState();
        setText(text.startsWith(written) ? text.slice(written.length) : text);
      });
      return true;
    },
    open(conversationId) {
      if (conversationId === opened) return;
      const isFirst = opened === null;
      opened = conversationId;
      const kept = conversation.readDraft();
      // What was typed while the conversation was being looked for belongs to it.
      if (kept !== '' || !isFirst) store.setState(isFirst && getState() !== '' ? getState() : kept);
    },
  };
}
