import type { ConversationState, ConversationStatus, Run } from '../conversationState.js';
import type { SavedConversation } from '../conversationStorage.js';
import { AgentChatError } from '../errors.js';
import type { Delivery, Message, Part } from '../message.js';
import { closeParts } from '../reduceParts.js';

export type Restored = Pick<ConversationState, 'messages' | 'taskId' | 'run' | 'status'>;

/** What a kept conversation is now. Whatever was under way without a run to take it up again would be under way for ever, so it is ended here. */
export function settleSaved(saved: Pick<SavedConversation, 'messages' | 'taskId' | 'run'> | null): Restored {
  if (!saved) return { messages: [], taskId: null, run: null, status: 'idle' };
  const run = saved.run && isWhole(saved.run, saved.messages) ? saved.run : null;
  const messages = inOrder(saved.messages.map((message) => settle(message, run)));
  return { messages, taskId: saved.taskId, run, status: statusOf(messages, run) };
}

/** Whether there is a message that it is for, and nobody has given that up. The run may be read, or written, just before another tab writes that it is over: taken up again it would end as failed, and the agent may have heard it. */
function isWhole(run: Run, messages: readonly Message[]): boolean {
  return messages.some((each) => each.role === 'user' && each.id === run.userMessageId && !GIVEN_UP.has(each.delivery));
}
const GIVEN_UP: ReadonlySet<unknown> = new Set<Delivery>(['failed', 'uncertain']);

/** In the order in which the agent hears them. What two tabs wrote at once stands where there was a place for it: perhaps between a question and its answer, and before what was heard earlier. */
function inOrder(messages: readonly Message[]): readonly Message[] {
  const isQueued = (message: Message): boolean => message.role === 'user' && message.delivery === 'queued';
  const places = new Map(messages.map((each, index) => [each.id, isQueued(each) ? messages.length : index]));
  const placeOf = (message: Message): number =>
    (message.role === 'agent' ? places.get(message.inReplyTo) : undefined) ?? places.get(message.id) ?? 0;
  return messages.toSorted((one, two) => placeOf(one) - placeOf(two));
}

function settle(message: Message, run: Run | null): Message {
  if (message.role === 'user') {
    const isLost = message.delivery === 'sending' && message.id !== run?.userMessageId;
    return isLost ? { ...message, delivery: 'uncertain', error: interrupted() } : message;
  }
  const parts = askAgain(message.parts);
  if (parts !== message.parts) return { ...message, parts };
  if (message.status !== 'working' || message.id === run?.agentMessageId) return message;
  return { ...message, status: 'failed', error: interrupted(), parts: closeParts(message.parts, message.createdAt) };
}

/** A tool of the page's that was running may have done its work, or not: a person decides whether it runs again. */
function askAgain(parts: readonly Part[]): readonly Part[] {
  const isCutShort = (part: Part) =>
    part.kind === 'tool_call' && part.executor === 'client' && part.state === 'running';
  if (!parts.some(isCutShort)) return parts;
  return parts.map((part) =>
    part.kind === 'tool_call' && isCutShort(part)
      ? { ...part, state: 'review-requested' as const, wasInterrupted: true }
      : part,
  );
}

function statusOf(messages: readonly Message[], run: Run | null): ConversationStatus {
  const last = messages.findLast(({ role }) => role === 'agent');
  if (run && last?.id !== run.agentMessageId) return 'submitted';
  return last?.role === 'agent' ? last.status : 'idle';
}

function interrupted(): AgentChatError {
  return new AgentChatError({
    code: 'stream_dropped',
    message: 'The page was left while this was under way, and nothing was kept from which it could be taken up again.',
  });
}
