// @ts-check
// `npm test`: a clean checkout to a verdict. Every step runs even after one has failed, so that one run tells all there is to mend.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const REPORT = 'test-results/vitest.json';
const BROWSERS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const FONTS = ['fonts-noto-core', 'fonts-noto-color-emoji', 'fonts-noto-cjk'];

/** @type {string[]} */
const failed = [];

/** @param {string} name @param {string} command @param {string[]} parameters */
function step(name, command, parameters) {
  console.log(`\n== ${name}`);
  const begun = Date.now();
  const env = { ...process.env, NO_COLOR: '1', STORYBOOK_DISABLE_TELEMETRY: '1', npm_config_update_notifier: 'false' };
  const { status } = spawnSync(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'], env });
  console.log(`-- ${((Date.now() - begun) / 1000).toFixed(1)} s: ${name}${status === 0 ? '' : ' FAILED'}`);
  if (status !== 0) failed.push(name);
  return status === 0;
}

/** Tests drive a real Chromium. Nothing is downloaded from a browser vendor: Debian's package is installed where there is none. */
function findBrowser() {
  if (BROWSERS.some((path) => path !== undefined && existsSync(path))) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.error(
      'No Chromium was found, so the browser tests cannot run. Install one (apt-get install chromium) or set CHROMIUM_PATH to yours.',
    );
    process.exit(1);
  }
  step('install Chromium and fonts', 'sh', [
    '-c',
    `apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium ${FONTS.join(' ')} >/dev/null`,
  ]);
}

const begun = Date.now();
rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results');
findBrowser();
step('lint', 'npm', ['run', '-s', 'lint']);
step('types', 'npm', ['run', '-s', 'types']);
step('build', 'npm', ['run', '-s', 'build']);
step('build the demo', 'npx', ['--no-install', 'vite', 'build', 'demo', '--logLevel', 'warn']);
step('build the stories', 'npm', ['run', '-s', 'build:stories']);
step('package', 'npm', ['run', '-s', 'check:package']);
step('tests', 'npx', [
  '--no-install',
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORT}`,
]);
// Ten thousand of them, and what they are good for: every planted mistake has to be caught.
step('histories', 'npm', ['run', '-s', 'histories']);
step('seeded bugs', 'npm', ['run', '-s', 'seeded-bugs']);

const report = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 };
const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
if (skipped > 0) failed.push(`${skipped} skipped tests`);
if (report.numPassedTests === 0) failed.push('no test ran');
console.log(
  `\n${((Date.now() - begun) / 1000).toFixed(0)} s in all${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}`,
);
// A failed step counts as one failure where no test of its own says so.
const failures = Math.max(report.numFailedTests, failed.length);
console.log(`${report.numPassedTests} passed, ${failures} failed`);
process.exit(failures > 0 ? 1 : 0);
