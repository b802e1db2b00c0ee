import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bundleForNode } from '../../support/bundleForNode.js';
import type { Goal } from '../machine/Goal.js';
import { formatMedian, formatNumber, formatRange } from '../machine/format.js';
import type { Recovered } from '../recovery/measureRecovery.js';

const LONGEST_MS = 300;
/** A cut behind the last event takes nothing away; all others have to go the way that is measured. */
const LEAST_REPLAYED = 0.99;

/** Runs beside Chromium, not in it: what is measured is the core, the transport and the proxy over loopback, in a process of its own. */
const goal: Goal = {
  id: 'recovery',
  title: 'an answer that breaks off: proxy, emulator and transport over loopback, real time',
  async run({ report }) {
    report('drops, polls and 1,000 cuts');
    const file = await bundleForNode('test/bench/recovery/main.ts', 'recovery');
    const { stdout } = await promisify(execFile)(process.execPath, [file]);
    const { noticedMs, polls, visibleMs, cuts } = JSON.parse(stdout) as Recovered;
    const latest = Math.max(...noticedMs);
    const rows = [
      ['a drop until the status says so, ms', formatMedian(noticedMs), formatRange(noticedMs)],
      ['polls behind the end of the answer until it shows', formatMedian(polls), formatRange(polls)],
      ['the answer to that poll until it shows, ms', formatMedian(visibleMs), formatRange(visibleMs)],
    ];
    const { tried, replays, polls: whole, missing, wrong } = cuts;
    return {
      tables: [{ head: ['', 'median', 'range'], rows }],
      checks: [
        {
          claim: `status ≤ ${LONGEST_MS} ms after a drop (${noticedMs.length} drops)`,
          measured: `${formatNumber(latest)} ms at most`,
          isMet: latest <= LONGEST_MS,
        },
        {
          claim: `answer visible at the first poll after its end (${polls.length} answers)`,
          measured: `${Math.max(...polls)} at most`,
          isMet: polls.every((count) => count === 1),
        },
        {
          claim: `${formatNumber(tried)} random cuts, got by replay: 0 characters missing`,
          measured: `${missing} missing, ${wrong} other answers; ${replays} replays, ${whole} polls`,
          isMet: missing === 0 && wrong === 0 && replays >= tried * LEAST_REPLAYED,
        },
      ],
    };
  },
};
export default goal;
