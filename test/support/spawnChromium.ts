import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium, type BrowserContext } from 'playwright';
import { wholeBrowser } from './chromium.js';

/** A Chromium that is a process of ours, to be killed as a crash or a power cut would: it gets no chance to write anything down. */
export async function spawnChromium(
  profile: string,
): Promise<{ readonly context: BrowserContext; kill(): Promise<void> }> {
  const { executablePath, args } = wholeBrowser;
  const parameters = [...args, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const child = spawn(executablePath, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  let address: string | undefined;
  for await (const line of createInterface(child.stderr)) {
    address = /DevTools listening on (ws:.*)/.exec(line)?.[1];
    if (address) break;
  }
  return {
    context: (await chromium.connectOverCDP(address!)).contexts()[0]!,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
