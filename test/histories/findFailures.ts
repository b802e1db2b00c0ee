import { ENGLISH } from '../../src/components/language/english.js';
import type { ConversationState } from '../../src/core/conversationState.js';
import { AgentChatError } from '../../src/core/errors.js';
import type { Moment } from '../faults/support/moment.js';
import type { ScriptedRun } from '../faults/support/scriptedRun.js';
import type { World } from './createWorld.js';
import { mayForget, wordsOf, type Deeds } from './deeds.js';
import { findSecondPosts, findSecondRuns } from './findInLog.js';
import type { Tab } from './openTab.js';
import { readScreen, type Screen } from './readScreen.js';
import { showScreen } from './showScreen.js';

/** A tab, and what is to be seen in it. */
interface View {
  readonly tab: Tab;
  readonly screen: Screen;
}

/** The promises that are broken in what is shown now, given what reached the agent: I1 to I8. */
export function findFailures(world: World, deeds: Deeds, { isRetried = false } = {}): readonly string[] {
  const views = world.tabs.map((tab): View => ({ tab, screen: lookAt(tab) }));
  for (const { tab, screen } of views) {
    deeds.judged.add(tab.conversation.id);
    for (const word of wordsIn(screen)) deeds.found.add(word);
  }
  return [
    ...views.flatMap(({ tab, screen }) =>
      [
        ...findStuck(screen),
        ...findWrongDeliveries(screen, world, deeds),
        ...findGhosts(screen, world, isRetried),
        ...findDisorder(screen, world),
        ...findForeign(screen, deeds),
      ].map((failure) => `${failure} (${tab.name})`),
    ),
    ...findLost(views, deeds),
    ...findDivergence(views),
    ...findSecondPosts(world, deeds),
    ...findSecondRuns(world, deeds),
  ];
}

const seen = new WeakMap<ConversationState, Screen>();

/** What nothing has happened to since it was looked at is not drawn again. */
function lookAt({ conversation }: Tab): Screen {
  const state = conversation.getState();
  const screen = seen.get(state) ?? readScreen(showScreen(conversation));
  seen.set(state, screen);
  return screen;
}

/** I1, I7: nothing waits for ever, and nothing looks as if it did. */
function findStuck({ messages, busy }: Screen): readonly string[] {
  const failures = busy.map((sign) => `I1: stuck: "${sign}"`);
  messages.forEach((message, index) => {
    const { text, mark, isGrowing, calls, reviews } = message;
    if (mark === 'queued' || mark === 'sending') failures.push(`I1: "${text}" is ${mark}`);
    if (isGrowing) failures.push(`I1: the answer "${text}" still grows`);
    for (const call of calls) if (call.endsWith(ENGLISH.toolRunning)) failures.push(`I1: stuck: "${call}"`);
    const isLast = !messages.slice(index + 1).some(({ isOwn }) => !isOwn);
    const waiting = [...calls.filter((call) => call.endsWith(ENGLISH.toolWaitingForReview)), ...reviews];
    if (waiting.length > 0 && (!isLast || mark !== 'none'))
      failures.push(`I1: of an answer that is over (${mark}): ${waiting.join()}`);
  });
  return failures;
}

/** I1, I2: every message is what it says it is. */
function findWrongDeliveries({ messages }: Screen, { backend }: World, { left }: Deeds): readonly string[] {
  const heard = new Set(backend.runs.map(({ messageId }) => messageId));
  return messages.flatMap(({ isOwn, id, text, mark }, index) => {
    if (!isOwn) return [];
    if (mark === 'none' && !heard.has(id)) return [`I1: "${text}" is sent, and the agent has not heard of it`];
    if (mark === 'failed' && heard.has(id)) return [`I1: "${text}" is failed, and the agent has heard it`];
    const isAnswered = mayForget(left) || messages[index + 1]?.isOwn === false;
    return mark === 'none' && !isAnswered ? [`I1: "${text}" is sent, and nothing says what became of it`] : [];
  });
}

/** What the visitor reads where an answer broke off on the way. */
const BROKEN_OFF = ['network', 'timeout', 'stream_dropped'] as const;

/** I3, I4: every answer is there once, and says what the agent said. */
function findGhosts({ messages }: Screen, world: World, isRetried: boolean): readonly string[] {
  const { backend } = world;
  const seen = new Set<string>();
  const failures: string[] = [];
  for (const message of messages.filter(({ isOwn }) => !isOwn)) {
    const { text, mark, notice } = message;
    const isWhole = mark === 'none';
    const words = text.split(/\s+/).filter(Boolean);
    const speakers = [...new Set(words.map((word) => word.replace(/w\d+$/, '')))];
    const run = backend.runs.find((each) => each.speaker.responseId === speakers[0]);
    if (words.length === 0) {
      if (isWhole) failures.push('I4: an answer is complete and says nothing');
      continue;
    }
    if (!run || speakers.length > 1) {
      failures.push(`I3: "${text}" is no answer of the agent's`);
      continue;
    }
    const name = `${speakers[0]}, ${mark}`;
    if (seen.has(speakers[0]!)) failures.push(`I3: ${name} is shown twice`);
    seen.add(speakers[0]!);
    if (isWhole && text !== wholeOf(run.moments))
      failures.push(`I4: ${name} shows "${text}" of "${wholeOf(run.moments)}"`);
    if (isWhole && run.moments.some(({ kind }) => kind === 'failed')) failures.push(`I4: ${name}, but it failed`);
    const isCutOff = mark === 'failed' && BROKEN_OFF.some((code) => notice.startsWith(sentenceOf(code)));
    if (isCutOff && isRetried && message === messages.at(-1) && !isNameless(run, world))
      failures.push(`I4: ${name} was given up for good`);
  }
  return failures;
}

/** An answer whose task no page has heard of, because the event that names it came malformed: once its message is forgotten, nobody can ask for the rest. */
function isNameless({ messageId, taskId }: ScriptedRun, { garbled, attempts }: World): boolean {
  return garbled.has(messageId) && attempts.every((attempt) => attempt.taskId !== taskId);
}

/** I5: the agent heard messages in the order in which they stand. */
function findDisorder({ messages }: Screen, { backend }: World): readonly string[] {
  // A request that was given up may still be on its way, and arrive behind the next one: its message says that nobody knows.
  const shown = messages.filter(({ isOwn, mark }) => isOwn && mark === 'none').map(({ id }) => id);
  const heard = [...new Set(backend.runs.map(({ messageId }) => messageId))].filter((id) => shown.includes(id));
  const inOrder = shown.filter((id) => heard.includes(id));
  return heard.join() === inOrder.join() ? [] : ['I5: the agent heard messages in another order'];
}

const hasWord = (text: string, word: string): boolean => wordsOf(text).includes(word);

const wordsIn = ({ messages, composer }: Screen): readonly string[] =>
  wordsOf([composer, ...messages.map(({ text }) => text)].join(' '));

/** F-52: what somebody wrote who has gone is shown to nobody. */
function findForeign(screen: Screen, { foreign }: Deeds): readonly string[] {
  return wordsIn(screen)
    .filter((word) => foreign.has(word))
    .map((word) => `F-52: ${word} is somebody else's`);
}

/** I1, I6: whatever was typed is in the transcript, or still in its composer. */
function findLost(views: readonly View[], { tokens, left }: Deeds): readonly string[] {
  if (mayForget(left)) return [];
  return [...tokens].flatMap(([token, { session, conversationId }]) => {
    const its = views.filter(({ tab }) => tab.conversation.id === conversationId);
    const isShown = its.every(({ screen }) => screen.messages.some(({ isOwn, text }) => isOwn && hasWord(text, token)));
    if (isShown) return [];
    const view = its.find(({ tab }) => tab.session === session);
    // What is being written elsewhere is seen once that is opened there.
    const isWritten = view ? hasWord(view.screen.composer, token) : views.some(({ tab }) => tab.session === session);
    return isWritten ? [] : [`I1: ${token} is lost`];
  });
}

/** I1: and the conversation in which it was typed is one that the visitor can open. */
export function findUnlisted({ tokens, takenAlong, judged, found, left }: Deeds): readonly string[] {
  if (mayForget(left)) return [];
  return [...tokens].flatMap(([token, { conversationId }]) => {
    // Where nothing was kept, its page took the conversation along; the words are its draft still, which is in no list.
    const isThere = judged.has(conversationId) || found.has(token) || takenAlong.has(token);
    return isThere ? [] : [`I1: ${token} is lost with its conversation`];
  });
}

/** And it is called what the visitor called it. @param names - as they are listed, by id. */
export function findMisnamed({ names, left }: Deeds, listed: ReadonlyMap<string, string>): readonly string[] {
  if (mayForget(left)) return [];
  return [...names].flatMap(([id, { name, isKept }]) => {
    const title = listed.get(id);
    return !isKept || title === undefined || title === name
      ? []
      : [`a conversation that was called "${name}" is "${title}"`];
  });
}

/** I4: all tabs show the same. */
function findDivergence(views: readonly View[]): readonly string[] {
  return views.flatMap(({ tab, screen }) => {
    const other = views.find((each) => each.tab.conversation.id === tab.conversation.id)!;
    const [one, two] = [other.screen.messages, screen.messages].map((messages) =>
      messages.map((each) => JSON.stringify(each)),
    );
    const index = Math.max(
      one!.findIndex((message, at) => message !== two![at]),
      two!.findIndex((message, at) => message !== one![at]),
    );
    return index < 0 ? [] : [`I4: tabs show different things: ${one![index]} and ${two![index]}`];
  });
}

function wholeOf(moments: readonly Moment[]): string {
  const whole = moments.find((moment) => moment.kind === 'textDone');
  return whole?.kind === 'textDone' ? whole.text.trim() : '';
}

function sentenceOf(code: (typeof BROKEN_OFF)[number]): string {
  return new AgentChatError({ code, message: '' }).userMessage;
}
