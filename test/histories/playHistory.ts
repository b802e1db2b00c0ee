import { isCutOff } from '../../src/core/toolResults.js';
import type { Wire } from '../faults/support/wire.js';
import type { Command, History } from './command.js';
import { createVisitor, forgetOldest } from './createVisitor.js';
import { createWorld, type World } from './createWorld.js';
import { createDeeds, type Deeds } from './deeds.js';
import { findFailures, findMisnamed, findUnlisted } from './findFailures.js';

export interface Verdict {
  /** What is not as promised; nothing, if all is well. */
  readonly failures: readonly string[];
  /** How often what happened. */
  readonly applied: ReadonlyMap<string, number>;
}

/** Longer than any agent is silent, and anybody waits for it. */
const QUIET_MS = 1_500_000;
/** Whatever goes on longer goes on for ever. */
const MOST_QUIETS = 40;

/** Plays a history to its end, lets everything come to rest, and compares what is shown with what the agent was asked and said. */
export async function playHistory(
  wire: Wire,
  { setting, commands }: History,
  onStep: (command: Command, world: World) => void = () => undefined,
): Promise<Verdict> {
  const world = createWorld(wire, setting);
  const { clock } = world;
  const deeds = createDeeds();
  const act = createVisitor(world, deeds);
  world.open();
  for (const command of commands) {
    act(command);
    forgetOldest(world, deeds);
    onStep(command, world);
    if (command.gap === 0) await clock.settle();
    else if (command.gap > 0) await clock.advance(command.gap);
    if (command.kind === 'wait' || command.kind === 'leave and come back') await clock.advance(WAITS[command.pick]!);
  }
  world.heal();
  if (world.tabs.length === 0) world.open();
  await rest(world);
  const failures: string[] = findFailures(world, deeds).map((failure) => `at rest: ${failure}`);
  if (failures.length > 0) return { failures, applied: world.applied };

  retryCutOff(world);
  await rest(world);
  failures.push(...findFailures(world, deeds, { isRetried: true }).map((failure) => `after Retry: ${failure}`));
  reloadAll(world, deeds);
  await rest(world);
  failures.push(...findFailures(world, deeds, { isRetried: true }).map((failure) => `after a reload: ${failure}`));
  const listed = await list(world);
  failures.push(...findMisnamed(deeds, listed));
  for (const id of othersOf(world, [...listed.keys()])) {
    for (const { conversation } of world.tabs) conversation.open(id);
    await rest(world);
    failures.push(...findFailures(world, deeds).map((failure) => `in another conversation: ${failure}`));
  }
  failures.push(...findUnlisted(deeds));
  for (const tab of world.tabs) tab.conversation.destroy();
  await clock.advance(0);
  failures.push(...findLeaks(world));
  return { failures, applied: world.applied };
}

/** Time passes until no agent has said anything for long: messages that waited for their turn have had it. */
async function rest({ clock, backend }: World): Promise<void> {
  for (let quiets = 0; quiets < MOST_QUIETS; quiets += 1) {
    await clock.advance(QUIET_MS);
    const last = Math.max(...backend.runs.map((run) => run.endedAt()));
    if (last < clock.now() - QUIET_MS / 2) return;
  }
}

const WAITS = [3_000, 10_000, 45_000, 100_000, 300_000, 660_000];

/** The one thing that is left to the visitor: to say that the rest of an answer is still wanted. */
function retryCutOff({ tabs }: World): void {
  const [tab] = tabs;
  const last = tab?.conversation.getState().messages.at(-1);
  if (last?.role === 'agent' && isCutOff(last)) tab?.conversation.retry(last.id);
}

function reloadAll(world: World, deeds: Deeds): void {
  for (const tab of [...world.tabs]) {
    deeds.left.add(tab);
    const { session, conversation } = tab;
    world.crash(tab);
    world.open(session, conversation.id);
  }
}

/** What the visitor can open, by its name. */
async function list({ tabs, clock }: World): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  void tabs[0]?.conversation.list().then((found) => found.forEach(({ id, title }) => names.set(id, title)));
  await clock.advance(QUIET_MS);
  return names;
}

/** What of that is not open yet; everything, where it may be shown in one tab and be new to the other. */
function othersOf({ tabs }: World, ids: readonly string[]): readonly string[] {
  const shown = new Set(tabs.map(({ conversation }) => conversation.id));
  return shown.size > 1 ? [...new Set([...shown, ...ids])] : ids.filter((id) => !shown.has(id));
}

function findLeaks({ clock, backend, wakers }: World): readonly string[] {
  const listeners = backend.runs.reduce((sum, run) => sum + run.listeners(), 0);
  return [
    ...(clock.pending() > 0 ? [`I7: ${clock.pending()} timers are left`] : []),
    ...(listeners > 0 ? [`I7: ${listeners} streams are left open`] : []),
    ...(wakers() > 0 ? [`I7: ${wakers()} listeners are left`] : []),
  ];
}
