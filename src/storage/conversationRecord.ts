import * as v from 'valibot';
import type { Run } from '../core/conversationState.js';
import type { ConversationSummary, SavedConversation } from '../core/conversationStorage.js';
import type { FieldsOf, RecordKind } from './recordKind.js';

/** What is kept of a conversation beside its messages, each of which is a record of its own. */
export interface ConversationRecord extends Omit<SavedConversation, 'messages'> {
  /** How the first message begins: lists are made without reading messages. */
  readonly beginning: string;
  /** Oldest first. */
  readonly messageIds: readonly string[];
  /** Whether one of them is undelivered: such a conversation is not given up for another. */
  readonly hasUndelivered: boolean;
  /** Changes with every write, so that a tab sees whether another one has written since. */
  readonly revision: string;
}

const run = v.object({
  userMessageId: v.string(),
  agentMessageId: v.string(),
  messageId: v.string(),
  attempts: v.number(),
  sentAt: v.nullable(v.number()),
  epoch: v.nullable(v.string()),
  cursor: v.nullable(v.string()),
  retryAt: v.nullable(v.number()),
} satisfies FieldsOf<Run>);

const fields = {
  id: v.string(),
  title: v.nullable(v.string()),
  createdAt: v.number(),
  updatedAt: v.number(),
  taskId: v.nullable(v.string()),
  run: v.nullable(run),
  beginning: v.string(),
  messageIds: v.array(v.string()),
  hasUndelivered: v.boolean(),
  revision: v.string(),
} satisfies FieldsOf<ConversationRecord>;

export const CONVERSATION: RecordKind<ConversationRecord> = { schema: v.object(fields), migrations: {} };

/** What its visitor called it, where that was said after it was first written. */
export const TITLE: RecordKind<string> = { schema: v.string(), migrations: {} };

/** Its line in a list. */
export function toSummary({ id, title, beginning, createdAt, updatedAt }: ConversationRecord): ConversationSummary {
  return { id, title: title || beginning, createdAt, updatedAt };
}
