// @ts-check
// `npm run histories`: random histories of everything that may happen to a conversation, checked against what must never happen.
//   --count 10000   how many
//   --seed 1        which
//   --path 3:1:0    one that failed, again; with --trace step by step
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { bundleHistories } from './bundleHistories.js';
import { judge } from './judge.js';

/** @typedef {import('./campaign.js').CampaignOptions} CampaignOptions */
/** @typedef {import('./campaign.js').Report} Report */

const { values: given } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    path: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(given.count), Number(given.seed)];
const begun = Date.now();
const address = await bundleHistories('histories');

if (given.path === undefined) {
  const shards = Math.min(availableParallelism(), 2);
  const parts = Array.from({ length: shards }, (_, index) => ({
    seed: seed + index * 1_000_003,
    count: Math.floor((count + index) / shards),
  }));
  const reports = await Promise.all(parts.map(playElsewhere));
  const { lines, isGood } = judge(reports, count);
  console.log(lines.join('\n'));
  console.log(`${count} histories, seed ${seed}, ${((Date.now() - begun) / 1000).toFixed(0)} s in ${shards} threads`);
  process.exit(isGood ? 0 : 1);
} else {
  /** @type {typeof import('./campaign.js')} */
  const { campaign } = await import(address);
  const report = await campaign({ seed, count: 1, path: given.path, shrinks: false, traces: given.trace });
  const { lines, isGood } = judge([report], 0);
  console.log(lines.join('\n'));
  process.exit(isGood ? 0 : 1);
}

/**
 * @param {CampaignOptions} options
 * @returns {Promise<Report>}
 */
function playElsewhere(options) {
  const worker = new Worker(new URL('worker.js', import.meta.url), {
    workerData: { address, options },
    resourceLimits: { maxYoungGenerationSizeMb: 64 }, // a history leaves next to nothing behind
  });
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}
