import fc from 'fast-check';
import { v2Wire } from '../faults/support/v2Wire.js';
import { describeHistory, histories } from './command.js';
import { WORLD_FAULTS } from './createWorld.js';
import { createTrace } from './createTrace.js';
import { faultKinds } from './faultKinds.js';
import { loadScreen } from './showScreen.js';
import { playHistory } from './playHistory.js';

export interface CampaignOptions {
  readonly seed: number;
  readonly count: number;
  /** Of a failure, to play it again. */
  readonly path?: string | undefined;
  /** Whether to look for a shorter history that fails as well. */
  readonly shrinks?: boolean | undefined;
  /** Whether to tell every step. */
  readonly traces?: boolean | undefined;
}

export interface Report {
  readonly played: number;
  /** In how many histories what happened, and how often in all. */
  readonly happened: Readonly<Record<string, { readonly histories: number; readonly times: number }>>;
  readonly failure: {
    readonly seed: number;
    readonly path: string;
    readonly history: string;
    readonly broken: readonly string[];
  } | null;
}

/** Plays random histories, the same for the same seed, until one of them fails. */
export async function campaign(options: CampaignOptions): Promise<Report> {
  const { seed, count, path, shrinks = true, traces = false } = options;
  // Also what never happens is to be seen.
  const happened: Record<string, { histories: number; times: number }> = Object.fromEntries(
    [...Object.keys(faultKinds), ...WORLD_FAULTS].map((name) => [name, { histories: 0, times: 0 }]),
  );
  let played = 0;
  await loadScreen();
  // Hashed elsewhere it would take time of which the clock knows nothing; a page without https has none either.
  Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true });
  const property = fc.asyncProperty(histories, async (history) => {
    const { failures, applied } = await playHistory(v2Wire, history, traces ? createTrace(console.log) : undefined);
    played += 1;
    for (const [name, times] of applied) {
      const before = happened[name] ?? { histories: 0, times: 0 };
      happened[name] = { histories: before.histories + 1, times: before.times + times };
    }
    if (failures.length > 0) throw new Error(failures.join('\n'));
  });
  const { error } = console;
  console.error = () => undefined; // what failed runs tell developers
  const details = await fc.check(property, {
    ...{ seed, numRuns: count, endOnFailure: !shrinks },
    ...(path === undefined ? {} : { path }),
  });
  console.error = error;
  if (!details.failed) return { played, happened, failure: null };
  const thrown = details.errorInstance;
  const [history] = details.counterexample!;
  return {
    ...{ played, happened },
    failure: {
      ...{ seed, path: details.counterexamplePath ?? '', history: describeHistory(history) },
      broken: (thrown instanceof Error ? thrown.message : String(thrown)).split('\n'),
    },
  };
}
