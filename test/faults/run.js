// @ts-check
// `npm run faults`: every row of the fault table, one line each. `npm run faults -- V` plays those that need no browser, `-- B` the others; `--runs 3` plays them three times in a row,
// and what failed once has failed. Further arguments go to Vitest.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runnerImport } from 'vite';

const FOLDER = 'test-results';

/** @typedef {{ title: string, ancestorTitles: string[], fullName: string, status: string }} TestReport */

/** @type {{ module: typeof import('./table.js') }} */
const {
  module: { table },
} = await runnerImport(new URL('table.ts', import.meta.url).pathname);

mkdirSync(FOLDER, { recursive: true });
const given = process.argv.slice(2);
const option = given.indexOf('--runs');
const runs = option < 0 ? 1 : Number(given.splice(option, 2)[1]);
if (!Number.isInteger(runs) || runs < 1) {
  console.error(
    '--runs takes a whole number from 1, which says how many times in a row everything is played: npm run faults -- --runs 3',
  );
  process.exit(2);
}
const [first, ...rest] = given;
const level = first === 'V' || first === 'B' ? first : null;
const projects = [...(level === 'B' ? [] : ['node', 'dom']), ...(level === 'V' ? [] : ['e2e'])];
const parameters = ['--no-install', 'vitest', 'run', 'test/faults', ...projects.map((name) => `--project=${name}`)];
if (first !== undefined) parameters.push(...(level === null ? [first] : []), ...rest);

/** @type {TestReport[][]} */
const reports = [];
let isEverythingPassed = true;
for (let run = 1; run <= runs; run += 1) {
  if (runs > 1) console.log(`\nRun ${run} of ${runs}`);
  const report = `${FOLDER}/faults-${run}.json`;
  rmSync(report, { force: true });
  const { status } = spawnSync(
    'npx',
    [...parameters, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  isEverythingPassed &&= status === 0;
  reports.push(
    existsSync(report)
      ? JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(
          (/** @type {{ assertionResults: TestReport[] }} */ file) => file.assertionResults,
        )
      : [],
  );
}

const counts = { pass: 0, fail: 0 };
for (const { id, fault, levels } of table) {
  const judged = levels.filter((each) => level === null || each === level).map((each) => judge(id, each));
  if (judged.length === 0) continue;
  const verdict = judged.some((report) => report.verdict === 'fail') ? 'fail' : 'pass';
  counts[verdict] += 1;
  const details = judged.map((report) => `${report.level} ${report.verdict}: ${report.words}`);
  console.log(`${id} ${verdict} ${fault} (${details.join('; ')})`);
}
console.log(`\n${counts.pass} pass, ${counts.fail} fail`);
process.exit(counts.fail > 0 || !isEverythingPassed ? 1 : 0);

/**
 * @param {string} id
 * @param {string} level
 * @returns {{ level: string, verdict: 'pass' | 'fail', words: string }}
 */
function judge(id, level) {
  const name = `${id} ${level} `;
  const own = reports.map((tests) =>
    tests.filter(({ ancestorTitles }) => ancestorTitles.some((title) => title.startsWith(name))),
  );
  const failures = own.map((tests) => tests.filter((test) => test.status !== 'passed').length);
  const failedRuns = failures.filter((count) => count > 0).length;
  const count = Math.max(...own.map((tests) => tests.length));
  const inRuns = runs === 1 ? '' : `, in ${failedRuns} of ${runs} runs`;
  if (failedRuns > 0) return { level, verdict: 'fail', words: `${Math.max(...failures)} of ${count} tests${inRuns}` };
  if (own.some((tests) => tests.length === 0)) return { level, verdict: 'fail', words: 'has no test' };
  const often = runs === 1 ? '' : `, ${runs} times`;
  return { level, verdict: 'pass', words: `${count} ${count === 1 ? 'test' : 'tests'}${often}` };
}
