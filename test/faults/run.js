// @ts-check
// `npm run faults`: every row of the fault table, one line each. `npm run faults -- V` plays those that need no browser, `-- B` the others; further arguments go to Vitest.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runnerImport } from 'vite';

const REPORT = 'test-results/faults.json';

/** @typedef {{ title: string, ancestorTitles: string[], fullName: string, status: string }} TestReport */

/** @type {{ module: typeof import('./table.js') }} */
const {
  module: { table },
} = await runnerImport(new URL('table.ts', import.meta.url).pathname);

mkdirSync('test-results', { recursive: true });
rmSync(REPORT, { force: true });
const [first, ...rest] = process.argv.slice(2);
const level = first === 'V' || first === 'B' ? first : null;
const projects = [...(level === 'B' ? [] : ['node', 'dom']), ...(level === 'V' ? [] : ['e2e'])];
const parameters = ['--no-install', 'vitest', 'run', 'test/faults', ...projects.map((name) => `--project=${name}`)];
if (first !== undefined) parameters.push(...(level === null ? [first] : []), ...rest);
const { status } = spawnSync(
  'npx',
  [...parameters, '--reporter=dot', '--reporter=json', `--outputFile.json=${REPORT}`],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NO_COLOR: '1' },
  },
);
/** @type {TestReport[]} */
const tests = existsSync(REPORT)
  ? JSON.parse(readFileSync(REPORT, 'utf8')).testResults.flatMap(
      (/** @type {{ assertionResults: TestReport[] }} */ file) => file.assertionResults,
    )
  : [];

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
process.exit(counts.fail > 0 || status !== 0 ? 1 : 0);

/**
 * @param {string} id
 * @param {string} level
 * @returns {{ level: string, verdict: 'pass' | 'fail', words: string }}
 */
function judge(id, level) {
  const name = `${id} ${level} `;
  const own = tests.filter(({ ancestorTitles }) => ancestorTitles.some((title) => title.startsWith(name)));
  const failed = own.filter((test) => test.status !== 'passed').length;
  if (failed > 0) return { level, verdict: 'fail', words: `${failed} of ${own.length} tests` };
  if (own.length === 0) return { level, verdict: 'fail', words: 'has no test' };
  return { level, verdict: 'pass', words: `${own.length} ${own.length === 1 ? 'test' : 'tests'}` };
}
