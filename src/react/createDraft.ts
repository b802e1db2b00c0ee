import type { Conversation } from '../core/conversation.js';
import type { ConversationState } from '../core/conversationState.js';
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
  /** Brings back what was being written in the conversation that is shown, and from here on in each that is shown after it. */
  open(): void;
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
  let shown: ConversationState | null = null;
  let isSubmitting = false;

  function setText(text: string): void {
    store.setState(text);
    // What was kept is not written over before it was brought back.
    if (shown) conversation.writeDraft(text);
  }

  function show(): void {
    const before = shown;
    const { conversationId, identity } = (shown = conversation.getState());
    const isSamePerson = before?.identity?.id === identity?.id;
    if (before?.conversationId === conversationId && isSamePerson) return;
    if (before?.identity && !isSamePerson) attachments.setState([]);
    // Written anew: what nobody in particular has in front of her is hers, should she say who she is; also where nothing is kept.
    setText(conversation.readDraft() || (before && !before.identity && !isSamePerson ? getState() : ''));
  }

  function open(): void {
    if (shown) return;
    const typed = getState();
    show();
    const kept = getState();
    // The page may give the same words with every visit.
    if (!`\n${kept}`.endsWith(`\n${typed}`)) setText(joinDrafts(kept, typed));
    conversation.subscribe(show);
  }

  return {
    ...{ getState, getInitialState, subscribe, attachments, setText, open },
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
