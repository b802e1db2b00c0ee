import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { selectIsBusy } from '../core/conversationState.js';
import { useConversation } from './AgentConversationProvider.js';
import { takenAttachments, type Attachment, type AttachmentLimits } from './attachment.js';
import { canSubmit, draftOf } from './createDraft.js';
import { useConversationSelector } from './useConversationSelector.js';

/** What a composer needs. */
export interface Composer {
  readonly text: string;
  setText(text: string): void;
  /** The files that go with the text: being read, ready, or refused. */
  readonly attachments: readonly Attachment[];
  /**
   * Adds files that keep the limits, and reads them.
   *
   * @returns resolves once they were read; rejects where the code for it could not be loaded.
   */
  attach(files: readonly File[], limits?: AttachmentLimits): Promise<void>;
  /** Takes a file away again, also a refused one. */
  detach(attachmentId: string): void;
  /** Whether there is something to send, and every file was read. */
  readonly canSend: boolean;
  /** Whether an answer is on its way. A message sent now waits for its turn. */
  readonly isBusy: boolean;
  /**
   * Sends text and files and clears them, in that order, so that a refusal loses nothing; where messages are kept, only once this one is. What is typed meanwhile stays.
   *
   * @returns whether it was sent.
   */
  submit(): boolean;
  stop(): void;
}

/** Draft and commands of the composer. Everything that uses it for one conversation shares one draft. */
export function useComposer(): Composer {
  const conversation = useConversation();
  const draft = draftOf(conversation);
  const text = useSyncExternalStore(draft.subscribe, draft.getState, draft.getInitialState);
  const { attachments: store } = draft;
  const attachments = useSyncExternalStore(store.subscribe, store.getState, store.getInitialState);
  const isBusy = useConversationSelector(selectIsBusy);
  const submit = useCallback(() => draft.submit(), [draft]);
  // After the first paint: a server knows of no draft.
  useEffect(() => draft.open(), [draft]);
  const attach = useCallback(
    async (files: readonly File[], limits: AttachmentLimits = {}) =>
      (await import('./attachFiles.js')).attachFiles(store, files, limits),
    [store],
  );
  const detach = useCallback(
    (id: string) => store.setState(store.getState().filter((attachment) => attachment.id !== id)),
    [store],
  );
  const canSend = canSubmit(text, takenAttachments(attachments));
  const { stop } = conversation;
  return { text, setText: draft.setText, attachments, attach, detach, canSend, isBusy, submit, stop };
}
