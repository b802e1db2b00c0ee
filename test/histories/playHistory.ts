import { selectPendingReviews, selectPendingToolCalls } from '../../src/core/conversationState.js';
import type { Message } from '../../src/core/message.js';
import { messageText } from '../../src/core/message.js';
import { isCutOff } from '../../src/core/toolResults.js';
import type { Wire } from '../faults/support/wire.js';
import type { Command, History } from './command.js';
import { createWorld, MAX_TABS, type World } from './createWorld.js';
import { findFailures, type Deeds } from './findFailures.js';
import type { Tab } from './openTab.js';

export interface Verdict {
  /** What is not as promised; nothing, if all is well. */
  readonly failures: readonly string[];
  /** How often what happened. */
  readonly applied: ReadonlyMap<string, number>;
}

const QUIET_MS = 1_500_000;

/** Plays a history to its end, lets everything come to rest, and compares what is shown with what the agent was asked and said. */
export async function playHistory(
  wire: Wire,
  { setting, commands }: History,
  onStep: (command: Command, world: World) => void = () => undefined,
): Promise<Verdict> {
  const world = createWorld(wire, setting);
  const { clock } = world;
  const deeds: Deeds = {
    ...{ typed: 0, tokens: new Map(), rerunsAllowed: new Map(), allowed: new Set(), stopped: new Map() },
    ...{ retried: 0, lostDrafts: [], hasBrokenDisk: false, mayForget: false },
  };
  const act = createVisitor(world, deeds);
  world.open();
  for (const command of commands) {
    act(command);
    onStep(command, world);
    if (command.gap === 0) await clock.settle();
    else if (command.gap > 0) await clock.advance(command.gap);
    if (command.kind === 'wait' || command.kind === 'leave and come back') await clock.advance(WAITS[command.pick]!);
  }
  world.heal();
  if (world.tabs.length === 0) world.open();
  await clock.advance(QUIET_MS);
  const failures: string[] = findFailures(world, deeds).map((failure) => `at rest: ${failure}`);
  if (failures.length > 0) return { failures, applied: world.applied };

  retryCutOff(world);
  await clock.advance(QUIET_MS);
  failures.push(...findFailures(world, deeds, { isRetried: true }).map((failure) => `after Retry: ${failure}`));
  reloadAll(world, deeds);
  await clock.advance(QUIET_MS);
  failures.push(...findFailures(world, deeds, { isRetried: true }).map((failure) => `after a reload: ${failure}`));
  for (const tab of world.tabs) tab.conversation.destroy();
  await clock.advance(0);
  failures.push(...findLeaks(world));
  return { failures, applied: world.applied };
}

const WAITS = [3_000, 10_000, 45_000, 100_000, 300_000, 660_000];

/** Gives commands as a visitor and his browser would. What makes no sense at the time is left out. */
function createVisitor(world: World, deeds: Deeds): (command: Command) => void {
  const { tabs } = world;
  const nth = <T>(items: readonly T[], pick: number): T | undefined => items[pick % items.length];

  function find(tab: Tab, pick: number, matches: (message: Message) => boolean): string | undefined {
    return nth(tab.conversation.getState().messages.filter(matches), pick)?.id;
  }
  function type(tab: Tab): void {
    const token = `m${(deeds.typed += 1)}`;
    deeds.tokens.set(token, tab.session);
    tab.draft.setText(`${tab.draft.getState()}${token} `);
  }
  function forget(tab: Tab): void {
    deeds.mayForget ||= tab.isForgetful();
  }

  /** What was being written in it goes with it: that is what closing a tab means. */
  function leave(tab: Tab): void {
    forget(tab);
    for (const [token, session] of deeds.tokens) {
      if (session === tab.session && tab.draft.getState().includes(`${token} `)) deeds.tokens.delete(token);
    }
    world.close(tab);
  }

  return ({ tab: which, pick, ...command }) => {
    if (command.kind === 'open a tab') {
      if (tabs.length < MAX_TABS) world.open();
      return;
    }
    const tab = nth(tabs, which) ?? world.open();
    const { conversation, draft } = tab;
    switch (command.kind) {
      case 'fault':
        return world.breaks(command.fault, command.at, command.times);
      case 'send':
        type(tab);
        draft.submit();
        return;
      case 'type':
        return type(tab);
      case 'stop': {
        conversation.stop();
        deeds.stopped.set(tab.name, { log: world.log.length, attempts: world.attempts.length });
        return;
      }
      case 'retry': {
        const id = find(tab, pick, (message) =>
          message.role === 'user' ? message.delivery === 'failed' : message.status === 'failed',
        );
        if (id === undefined) return;
        deeds.retried += 1;
        return conversation.retry(id);
      }
      case 'resend': {
        const id = find(tab, pick, (message) => message.role === 'user' && message.delivery === 'uncertain');
        return id === undefined ? undefined : conversation.resend(id);
      }
      case 'edit': {
        const id = find(tab, pick, ({ role }) => role === 'user');
        if (id === undefined) return;
        const message = conversation.getState().messages.find((each) => each.id === id)!;
        for (const word of messageText(message).split(' ')) deeds.tokens.delete(word);
        conversation.editAndResend(id, `e${(deeds.typed += 1)}`);
        return;
      }
      case 'approve': {
        const call = nth(selectPendingReviews(conversation.getState()), pick);
        if (!call) return;
        deeds.allowed.add(call.toolCallId);
        if (call.wasInterrupted) {
          deeds.rerunsAllowed.set(call.toolCallId, (deeds.rerunsAllowed.get(call.toolCallId) ?? 0) + 1);
        }
        conversation.approve(call.toolCallId).catch(() => undefined);
        return;
      }
      case 'reject': {
        const call = nth(selectPendingReviews(conversation.getState()), pick);
        if (call) conversation.reject(call.toolCallId).catch(() => undefined);
        return;
      }
      case 'submit a result': {
        const call = world.setting.hasTools ? undefined : nth(selectPendingToolCalls(conversation.getState()), pick);
        if (call) conversation.submitToolResult(call.toolCallId, { given: true });
        return;
      }
      case 'same identity':
        return conversation.update({ identity: undefined });
      case 'reload': {
        forget(tab);
        world.count('reload');
        const before = draft.getState();
        world.close(tab);
        const next = world.open(tab.session);
        if (next.draft.getState() !== before) deeds.lostDrafts.push(`${before} → ${next.draft.getState()}`);
        return;
      }
      case 'close a tab':
      case 'crash a tab':
        return tabs.length < 2 ? undefined : leave(tab);
      case 'leave and come back':
        return [...tabs].forEach(leave);
      case 'unmount and mount':
        deeds.retried += 1;
        conversation.destroy();
        return conversation.resume();
      case 'look again':
        return world.wake();
      case 'offline':
        return world.goOffline();
      case 'online':
        return world.goOnline();
      case 'restart the proxy':
        return world.restartProxy();
      case 'fill the disk':
        return world.fillDisk();
      case 'break the disk':
        deeds.hasBrokenDisk = true;
        return world.breakDisk();
      case 'mend the disk':
        return world.mendDisk();
      case 'wait':
        return;
    }
  };
}

/** The one thing that is left to the visitor: to say that the rest of an answer is still wanted. */
function retryCutOff({ tabs }: World): void {
  const [tab] = tabs;
  const last = tab?.conversation.getState().messages.at(-1);
  if (last?.role === 'agent' && isCutOff(last)) tab?.conversation.retry(last.id);
}

function reloadAll(world: World, deeds: Deeds): void {
  for (const tab of [...world.tabs]) {
    deeds.mayForget ||= tab.isForgetful();
    const { session } = tab;
    world.close(tab);
    world.open(session);
  }
}

function findLeaks({ clock, backend, wakers }: World): readonly string[] {
  const listeners = backend.runs.reduce((sum, run) => sum + run.listeners(), 0);
  return [
    ...(clock.pending() > 0 ? [`I7: ${clock.pending()} timers are left`] : []),
    ...(listeners > 0 ? [`I7: ${listeners} streams are left open`] : []),
    ...(wakers() > 0 ? [`I7: ${wakers()} listeners are left`] : []),
  ];
}
