import type { Conversation } from '../core/conversation.js';
import type { InputPart } from '../core/transport.js';
import { createStore, type ReadonlyStore, type Store } from '../core/store.js';
import { joinDrafts } from '../core/joinDrafts.js';
import { takenAttachments, type Attachment } from './attachment.js';

/** What is being written for one conversation. */
export interface Draft extends ReadonlyStore<string> {
  /** The files that go with it. They live as long as the page: contents are not kept in the browser. */
  readonly attachments: Store<readonly Attachment[]>;
  setText(text: string): void;
  /** Sends what is written. @returns whether there was something to send. */
  submit(): boolean;
  /** Another of the visitor's conversations is shown, or this one has come back: and so does what was being written there. */
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
  const attachments = createStore<readonly Attachment[]>([]);
  const { getState, getInitialState, subscribe } = store;
  let opened: string | null = null;
  let wasRestoring = false;
  let writer: string | undefined;
  let isSubmitting = false;

  function setText(text: string): void {
    store.setState(text);
    conversation.writeDraft(text);
  }

  return {
    ...{ getState, getInitialState, subscribe, attachments, setText },
    submit() {
      const written = getState();
      const files = takenAttachments(attachments.getState());
      // Until it is cleared, the same text must not go out a second time.
      if (!canSubmit(written, files) || isSubmitting) return false;
      conversation.send(files.length === 0 ? written : { parts: toParts(written, files) });
      attachments.setState([]);
      const keeping = conversation.keep();
      if (!keeping) {
        setText('');
        return true;
      }
      isSubmitting = true;
      void keeping.then(() => {
        isSubmitting = false;
        const text = getState();
        // An older draft may have come back in front of it meanwhile.
        setText(text.startsWith(written) ? text.slice(written.length) : text.replace('\n' + written, ''));
      });
      return true;
    },
    open(conversationId) {
      const { isRestoring, identity } = conversation.getState();
      const isSamePerson = writer === undefined || writer === identity?.id;
      // What was typed while the conversation was being looked for belongs to it; and what nobody in particular typed, to who says who she is.
      const isIts = opened === null || (isSamePerson && (wasRestoring || writer !== identity?.id));
      writer = identity?.id;
      // Whose drafts these are is known only once the conversation has come back.
      if (conversationId === opened && (isRestoring || !wasRestoring)) return;
      opened = conversationId;
      wasRestoring = isRestoring;
      setText(joinDrafts(conversation.readDraft(), isIts ? getState() : ''));
    },
  };
}

/** Whether there is something to send, and all of it at hand. */
export function canSubmit(text: string, files: readonly Attachment[]): boolean {
  return (text.trim() !== '' || files.length > 0) && files.every(({ content }) => content !== null);
}

function toParts(text: string, files: readonly Attachment[]): readonly InputPart[] {
  const parts = files.flatMap(({ content }): InputPart[] => (content ? [{ kind: 'file', file: content }] : []));
  return text.trim() === '' ? parts : [...parts, { kind: 'text', text }];
}
