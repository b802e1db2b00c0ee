import type { ConversationState } from '../../src/core/conversationState.js';
import { isToolCall } from '../../src/core/isToolCall.js';
import { messageText, type AgentMessage, type Message, type UserMessage } from '../../src/core/message.js';
import type { Moment } from '../faults/support/moment.js';
import type { ScriptedRun } from '../faults/support/scriptedRun.js';
import type { World } from './createWorld.js';
import type { Tab } from './openTab.js';

/** What people did, as far as a promise depends on it. */
export interface Deeds {
  typed: number;
  /** What was typed and has to be somewhere, and in which tab. */
  readonly tokens: Map<string, Storage>;
  /** How often somebody allowed a call again that had been cut short. */
  readonly rerunsAllowed: Map<string, number>;
  /** Calls that somebody allowed. */
  readonly allowed: Set<string>;
  /** How much had happened when this page was stopped last. */
  readonly stopped: Map<string, { readonly log: number; readonly attempts: number }>;
  /** How often somebody asked for another try, or took up again what was left. */
  retried: number;
  readonly lostDrafts: string[];
  hasBrokenDisk: boolean;
  /** A page has gone that had said that nothing is kept. */
  mayForget: boolean;
}

/** The promises that are broken in what is shown now, given what reached the agent: I1 to I8. */
export function findFailures(world: World, deeds: Deeds, { isRetried = false } = {}): readonly string[] {
  return [
    ...world.tabs.flatMap((tab) => {
      const state = tab.conversation.getState();
      return [
        ...findStuck(state),
        ...findWrongDeliveries(state, world, deeds),
        ...findGhosts(state, world, isRetried),
        ...findDisorder(state, world),
      ].map((failure) => `${failure} (${tab.name})`);
    }),
    ...findLost(world, deeds),
    ...findDivergence(world.tabs),
    ...findSecondPosts(world, deeds),
    ...findSecondRuns(world, deeds),
    ...deeds.lostDrafts.map((draft) => `I6: a draft was not there after a reload: ${draft}`),
  ];
}

/** I1, I7: nothing waits for ever, and nothing looks as if it did. */
function findStuck(state: ConversationState): readonly string[] {
  const { run, status, connection, messages, isRestoring } = state;
  const failures: string[] = [];
  if (run) failures.push(`I1: stuck, ${status}, ${connection}`);
  if (isRestoring) failures.push('I1: still restoring');
  if (status === 'submitted' || status === 'working') failures.push(`I1: the status is ${status}`);
  messages.forEach((message, index) => {
    if (message.role === 'user') {
      if (message.delivery === 'queued' || message.delivery === 'sending') {
        failures.push(`I1: "${messageText(message)}" is ${message.delivery}`);
      }
      return;
    }
    const isLast = !messages.slice(index + 1).some(({ role }) => role === 'agent');
    if (message.status === 'working') failures.push(`I1: the answer "${messageText(message)}" is still being written`);
    for (const part of message.parts) {
      if ((part.kind === 'text' || part.kind === 'reasoning') && part.state === 'streaming') {
        failures.push(`I1: "${part.kind}" streams`);
      }
      if (!isToolCall(part)) continue;
      const waits = part.state === 'running' || part.state === 'review-requested';
      if (part.state === 'running') failures.push(`I1: the call ${part.toolCallId} runs`);
      if (waits && (!isLast || message.status !== 'input-required')) {
        failures.push(`I1: the call ${part.toolCallId} of a ${message.status} answer is ${part.state}`);
      }
    }
  });
  return failures;
}

/** I1, I2: every message is what it says it is. */
function findWrongDeliveries(
  state: ConversationState,
  { backend }: World,
  { hasBrokenDisk, mayForget }: Deeds,
): readonly string[] {
  const heard = new Set(backend.runs.map(({ messageId }) => messageId));
  return state.messages.filter(isUser).flatMap((message) => {
    const { id, delivery } = message;
    const name = `"${messageText(message)}"`;
    if (delivery === 'sent' && !heard.has(id)) return [`I1: ${name} is sent, and the agent has not heard of it`];
    if (delivery === 'failed' && heard.has(id) && !hasBrokenDisk)
      return [`I1: ${name} is failed, and the agent has heard it`];
    const isAnswered = mayForget || state.messages.some((each) => each.role === 'agent' && each.inReplyTo === id);
    return delivery === 'sent' && !isAnswered ? [`I1: ${name} is sent, and nothing says what became of it`] : [];
  });
}

/** I3, I4: every answer is there once, and says what the agent said. */
function findGhosts(state: ConversationState, { backend }: World, isRetried: boolean): readonly string[] {
  const seen = new Set<string>();
  const failures: string[] = [];
  for (const answer of state.messages.filter(isAgent)) {
    const { responseId, status } = answer;
    const shown = messageText(answer);
    const name = `${responseId}, ${status}`;
    if (responseId !== null && seen.has(responseId)) failures.push(`I3: ${name} is shown twice`);
    if (responseId !== null) seen.add(responseId);
    const run =
      backend.runs.find((each) => each.speaker.responseId === responseId) ??
      backend.runs.find((each) => each.taskId === answer.taskId || each.messageId === answer.inReplyTo);
    if (!run) {
      if (shown !== '') failures.push(`I3: "${shown}" is no answer of the agent's`);
      continue;
    }
    const foreign = shown.split(/\s+/).filter((word) => word !== '' && !word.startsWith(`${run.speaker.responseId}w`));
    if (responseId === null) continue; // the event that names it was lost
    if (foreign.length > 0) failures.push(`I3: ${name} says ${foreign.join()}`);
    const isWhole = status === 'completed' || status === 'input-required';
    if (isWhole && shown !== textOf(run.moments))
      failures.push(`I4: ${name} shows "${shown}" of "${textOf(run.moments)}"`);
    if (isWhole && run.moments.some(({ kind }) => kind === 'failed')) failures.push(`I4: ${name}, but it failed`);
    const isCutOff = status === 'failed' && answer.error?.source === 'network' && answer.taskId !== null;
    if (isCutOff && isRetried && answer === state.messages.at(-1)) failures.push(`I4: ${name} was given up for good`);
  }
  return failures;
}

/** I5: the agent heard messages in the order in which they stand. */
function findDisorder(state: ConversationState, { backend }: World): readonly string[] {
  // A request that was given up may still be on its way, and arrive behind the next one: its message says that nobody knows.
  const shown = state.messages.filter((each) => isUser(each) && each.delivery === 'sent').map(({ id }) => id);
  const heard = [...new Set(backend.runs.map(({ messageId }) => messageId))].filter((id) => shown.includes(id));
  const inOrder = shown.filter((id) => heard.includes(id));
  return heard.join() === inOrder.join() ? [] : ['I5: the agent heard messages in another order'];
}

/** I1, I6: whatever was typed is in the transcript, or still in its composer. */
function findLost({ tabs }: World, { tokens, mayForget }: Deeds): readonly string[] {
  if (mayForget) return [];
  const transcripts = tabs.map(({ conversation }) => conversation.getState().messages.filter(isUser).map(messageText));
  return [...tokens].flatMap(([token, session]) => {
    const isIn = (text: string): boolean => text.split(' ').includes(token);
    if (transcripts.every((transcript) => transcript.some(isIn))) return [];
    const tab = tabs.find((each) => each.session === session);
    return tab && isIn(tab.draft.getState()) ? [] : [`I1: ${token} is lost`];
  });
}

/** I4: all tabs show the same. */
function findDivergence(tabs: readonly Tab[]): readonly string[] {
  const [first = [], ...others] = tabs.map(({ conversation }) =>
    conversation.getState().messages.map((message) => JSON.stringify(message)),
  );
  return others.flatMap((shown) => {
    const index = shown.length > first.length ? first.length : first.findIndex((message, at) => message !== shown[at]);
    return index < 0 ? [] : [`I4: tabs show different things: ${first[index]} and ${shown[index]}`];
  });
}

/** I2, I5: at most one delivery of each message; after a Stop the next one waits until the task takes it. */
function findSecondPosts({ log, attempts, backend, setting }: World, deeds: Deeds): readonly string[] {
  const failures: string[] = [];
  const { hasBrokenDisk, stopped, retried } = deeds;
  // What comes a second time and is known by its key only gets the answer to the first.
  const delivered = backend.runs.map(({ messageId }) => messageId);
  const again = delivered.filter((id, index) => delivered.indexOf(id) !== index);
  if (again.length > 0 && !(hasBrokenDisk && setting.kind === 'plain Orq')) {
    failures.push(`I2: delivered more than once: ${again.join()}`);
  }
  const counts = new Map<string, number>();
  for (const { messageId, tab } of attempts) {
    if (messageId !== null) counts.set(`${messageId} by ${tab}`, (counts.get(`${messageId} by ${tab}`) ?? 0) + 1);
  }
  for (const [name, count] of counts) {
    if (count > MAX_ATTEMPTS * (1 + retried)) failures.push(`I7: ${name} was attempted ${count} times`);
  }
  for (const [name, from] of stopped) {
    const isOwn =
      log.slice(0, from.log).findLast(({ kind, status }) => kind === 'send' && status === 200)?.tab === name;
    const next = log.slice(from.log).find(({ kind, tab }) => kind === 'send' && tab === name);
    const hasAsked = attempts.slice(from.attempts).some(({ kind, tab }) => kind === 'poll' && tab === name);
    if (next?.status === 409 && isOwn && !hasAsked)
      failures.push(`I5: ${name} sent after a Stop without asking for the task`);
  }
  return failures;
}

const MAX_ATTEMPTS = 4;

/** I8: a tool of the page's runs once per call, and not unasked where a person has to be asked. */
function findSecondRuns({ tools, backend }: World, { rerunsAllowed, allowed }: Deeds): readonly string[] {
  const failures: string[] = [];
  for (const id of new Set(tools.ran)) {
    const count = tools.ran.filter((each) => each === id).length;
    if (count > 1 + (rerunsAllowed.get(id) ?? 0)) failures.push(`I8: ${id} ran ${count} times`);
  }
  for (const id of tools.askedFor) if (!allowed.has(id)) failures.push(`I8: ${id} ran unasked`);
  const known = new Set(backend.runs.flatMap((run) => callsOf(run)));
  for (const id of tools.ran) if (!known.has(id)) failures.push(`I8: nobody asked for ${id}`);
  return failures;
}

function callsOf({ moments }: ScriptedRun): readonly string[] {
  return moments.flatMap((moment) => (moment.kind === 'done' ? moment.calls.map(({ id }) => id) : []));
}

function textOf(moments: readonly Moment[]): string {
  const whole = moments.find((moment) => moment.kind === 'textDone');
  return whole?.kind === 'textDone' ? whole.text : '';
}

const isUser = (message: Message): message is UserMessage => message.role === 'user';
const isAgent = (message: Message): message is AgentMessage => message.role === 'agent';
