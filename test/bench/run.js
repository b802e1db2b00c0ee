// @ts-check
// `npm run bench`: installs what is measured beside us, and hands over. Node 20 reads no TypeScript, Vite does.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

const installed = `${here}node_modules/.package-lock.json`;
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(`${here}package-lock.json`).mtimeMs) {
  console.log('Installing the peers …');
  // One of them asks for a newer Node, which the browser that runs it does not need.
  const { status } = spawnSync('npm', ['ci', '--engine-strict=false', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

// Or Vite would build the pages as it runs this: for development.
process.env.NODE_ENV = 'production';
const { module } = await runnerImport(`${here}bench.ts`, { root: here, configFile: false });
process.exit(await module.bench(process.argv.slice(2)));
