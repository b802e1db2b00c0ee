// @ts-check
// `npm test`: a clean checkout to a verdict. Every step runs even after one has failed, so that one run tells all there is to mend.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { chromium, headlessShell } from './support/chromium.js';

const FONTS = ['fonts-noto-core', 'fonts-noto-color-emoji', 'fonts-noto-cjk'];

/** @typedef {{ readonly isPatient?: boolean }} Manner */

/** @type {string[]} */
const failed = [];

/**
 * Steps run beside others, so the output of each comes in one piece at its end; a patient one takes only the time that others leave.
 *
 * @param {string} name @param {string} command @param {string[]} parameters @param {Manner} [manner]
 */
async function step(name, command, parameters, { isPatient = false } = {}) {
  const begun = Date.now();
  const env = { ...process.env, NO_COLOR: '1', STORYBOOK_DISABLE_TELEMETRY: '1', npm_config_update_notifier: 'false' };
  const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], env });
  if (isPatient && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  /** @type {Buffer[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const status = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  process.stdout.write(`\n== ${name}\n${Buffer.concat(output).toString()}`);
  console.log(`-- ${((Date.now() - begun) / 1000).toFixed(1)} s: ${name}${status === 0 ? '' : ' FAILED'}`);
  if (status !== 0) failed.push(name);
}

/** @param {string} name @param {string} script @param {Manner} [manner] */
const script = (name, script, manner) => step(name, 'npm', ['run', '-s', script], manner);

/** @param {string} name @param {readonly string[]} projects names of vite.config.ts's @param {Manner} [manner] */
function tests(name, projects, manner) {
  const report = `test-results/${reports.length}.json`;
  reports.push(report);
  const chosen = projects.map((project) => `--project=${project}`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return step(name, 'npx', ['--no-install', 'vitest', 'run', ...chosen, ...reporters], manner);
}

/** @type {string[]} */
const reports = [];

/** Tests drive a real Chromium. Nothing is downloaded from a browser vendor: Debian's packages are installed where there are none. */
async function findBrowser() {
  const isWhole = chromium !== undefined;
  if (isWhole && (headlessShell !== undefined || process.env.CHROMIUM_PATH)) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    if (isWhole) return; // it does as well, and takes longer
    console.error(
      'No Chromium was found, so the browser tests cannot run. Install one (apt-get install chromium) or set CHROMIUM_PATH to yours.',
    );
    process.exit(1);
  }
  const packages = [...(isWhole ? [] : ['chromium', ...FONTS]), 'chromium-headless-shell'];
  await step('install Chromium', 'sh', [
    '-c',
    `apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ${packages.join(' ')} >/dev/null${isWhole ? ' || true' : ''}`,
  ]);
}

const begun = Date.now();
rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results');
await findBrowser();
const built = buildAll();
// Two processors, two rows of steps. Whole pages wait a good deal, and fail where they are kept waiting: what watches no clock takes the time that they leave.
await Promise.all([testAll(), searchAll()]);

async function buildAll() {
  await step('types', 'node', ['node_modules/typescript7/bin/tsc', '-p', '.']); // the build checks the sources as they are published
  await script('build', 'build');
  await step('build the demo', 'npx', ['--no-install', 'vite', 'build', 'demo', '--logLevel', 'warn']);
  await script('package', 'check:package');
}

async function testAll() {
  await built;
  await tests('tests', ['node', 'dom', 'package']);
  await tests('whole pages', ['e2e']);
}

/** At the end every story and hostile text, then a part of the ten thousand histories, and what they are good for: every planted mistake has to be caught. */
async function searchAll() {
  await tests('tests in a browser', ['browser', 'preact', 'stories']);
  await script('lint', 'lint');
  await script('build the stories', 'build:stories');
  await built;
  const patient = { isPatient: true };
  await tests('audits', ['audits'], patient);
  await step('histories', 'node', ['test/histories/run.js', '--count', '2500'], patient);
  await step('seededBugs', 'node', ['test/seededBugs/run.js'], patient);
}

const counts = reports.map((report) => (existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}));
/** @param {string} key @returns {number} */
const total = (key) => counts.reduce((sum, count) => sum + (count[key] ?? 0), 0);
const skipped = total('numPendingTests') + total('numTodoTests');
if (skipped > 0) failed.push(`${skipped} skipped tests`);
if (counts.some((count) => !count.numPassedTests)) failed.push('no test ran');
console.log(
  `\n${((Date.now() - begun) / 1000).toFixed(0)} s in all${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}`,
);
// A failed step counts as one failure where no test of its own says so.
const failures = Math.max(total('numFailedTests'), failed.length);
console.log(`${total('numPassedTests')} passed, ${failures} failed`);
process.exit(failures > 0 ? 1 : 0);
