import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const project = fileURLToPath(new URL('../../', import.meta.url));

it('npm run demo prints addresses that answer, and Ctrl+C stops it', async () => {
  // What stands before it is the build, which has been made.
  expect(manifest.scripts.demo).toMatch(/ && node demo\/server\.js$/);
  const env = { ...process.env, ORQ_API_KEY: '', ORQ_AGENT: '', PORT: '0' };
  const demo = spawn(process.execPath, ['demo/server.js'], { cwd: project, env });
  try {
    let output = '';
    demo.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    demo.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    await expect.poll(() => output, { timeout: 20_000 }).toContain('Ctrl+C');
    const address = (name: string): string => new RegExp(`${name} +(http://\\S+)`).exec(output)![1]!;
    const page = address('React page');
    const proxy = address('Proxy');
    for (const url of [page, address('Script-tag page'), `${proxy}/healthz`, `${proxy}/agents/guide`]) {
      expect((await fetch(url)).status, url).toBe(200);
    }
    expect(await (await fetch(page)).text()).toContain('<script');

    const gone = once(demo, 'exit');
    demo.kill('SIGINT');
    await gone;
    await expect(fetch(page)).rejects.toThrow();
  } finally {
    demo.kill('SIGKILL');
  }
});
