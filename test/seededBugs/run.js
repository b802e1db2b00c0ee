// @ts-check
// `npm run seeded-bugs`: mistakes that the histories have to catch, planted one at a time while the sources are bundled. A part of a name plays only those.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { runnerImport } from 'vite';
import { bundleHistories } from '../histories/bundleHistories.js';
import { plantBug } from './plantBug.js';

/** All are caught within some dozens; which one comes first is decided by the seed, so that a run says the same every time. */
const MOST_HISTORIES = 1_500;
/** What is broken has to be a promise: histories that cannot be played at all catch nothing. */
const PROMISE = /\b(I\d|F-\d+): /;

/** @type {{ module: typeof import('./bugs.js') }} */
const {
  module: { bugs },
} = await runnerImport(new URL('bugs.ts', import.meta.url).pathname, { configFile: false });

const begun = Date.now();
const wanted = process.argv[2] ?? '';
const left = bugs.map((bug, index) => ({ bug, index })).filter(({ bug }) => bug.name.includes(wanted));
const missed = left.length === 0 ? [wanted] : [];
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 2) }, work));
const verdict = missed.length === 0 ? 'every bug is caught' : `NOT CAUGHT: ${missed.join('; ')}`;
console.log(`${((Date.now() - begun) / 1000).toFixed(0)} s; ${verdict}`);
process.exit(missed.length === 0 ? 0 : 1);

async function work() {
  for (let next = left.shift(); next; next = left.shift()) {
    const { bug, index } = next;
    try {
      const { failure, played } = await play(await bundleHistories(`bug${index}`, [plantBug(bug)]), bug.seed);
      const isCaught = failure?.broken.every((broken) => PROMISE.test(broken)) ?? false;
      if (!isCaught) missed.push(bug.name);
      const outcome = failure
        ? `${isCaught ? 'caught' : 'NOT CAUGHT, broken'} by history ${played}: ${failure.broken[0]}`
        : `NOT CAUGHT by ${played} histories`;
      console.log(`${bug.name}\n    ${outcome}`);
    } catch (error) {
      missed.push(bug.name);
      console.log(`${bug.name}\n    ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/**
 * @param {string} address
 * @param {number} [seed]
 * @returns {Promise<import('../histories/campaign.js').Report>}
 */
function play(address, seed = 1) {
  const options = { seed, count: MOST_HISTORIES, shrinks: false };
  const worker = new Worker(new URL('../histories/worker.js', import.meta.url), { workerData: { address, options } });
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}
