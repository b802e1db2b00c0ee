import { afterEach, describe, expect, it, vi } from 'vitest';
import { runEmulator } from '../../src/cli/emulator.js';
import type { Served } from '../../src/cli/serve.js';
import { UsageError } from '../../src/cli/usageError.js';

let served: Served | null = null;
afterEach(async () => {
  await served?.close();
  served = null;
  vi.unstubAllEnvs();
});

async function run(...argv: string[]): Promise<string> {
  const lines: string[] = [];
  served = await runEmulator(argv, (line) => lines.push(line));
  return lines.join('\n');
}

describe('agent-chat-widget emulator', () => {
  it('prints the address, the agents and the key, and answers', async () => {
    vi.stubEnv('ORQ_API_KEY', '');
    const printed = await run('--port', '0');
    expect(printed).toContain(`Emulator of the Agents API on ${served?.url}`);
    expect(printed).toContain('API key  emulator-key');
    for (const agent of ['guide', 'markdown', 'client-tool', 'fails-midway', 'slow', 'drops'])
      expect(printed).toContain(`${agent} `);
    const response = await fetch(`${served?.url}/v2/agents/guide`, {
      headers: { authorization: 'Bearer emulator-key' },
    });
    expect(response.status).toBe(200);
  });

  it('takes its key from ORQ_API_KEY', async () => {
    vi.stubEnv('ORQ_API_KEY', 'my-key');
    expect(await run('--port', '0')).toContain('API key  my-key  (from ORQ_API_KEY)');
    const response = await fetch(`${served?.url}/v2/agents`, { headers: { authorization: 'Bearer my-key' } });
    expect(response.status).toBe(200);
  });

  it('prints its options and starts nothing for --help', async () => {
    expect(await run('--help')).toContain('Usage: agent-chat-widget emulator');
    expect(served).toBeNull();
  });

  it.each([
    [['--port', '70000'], '--port must be a whole number from 0 to 65535, but it is "70000"'],
    [['--port', 'abc'], '--port must be a whole number'],
    [['--port', ''], '--port must be a whole number'],
    [['--port'], "Option '--port <value>' argument missing. See: agent-chat-widget emulator --help"],
    [['--prot', '1'], "Unknown option '--prot'. See: agent-chat-widget emulator --help"],
    [['extra'], "Unexpected argument 'extra'"],
  ])('says what is wrong with %j', async (argv, message) => {
    const attempt = run(...argv);
    await expect(attempt).rejects.toThrow(message);
    await expect(attempt).rejects.toBeInstanceOf(UsageError);
  });

  it('says what to do when the port is in use', async () => {
    await run('--port', '0');
    const port = new URL(served?.url ?? '').port;
    await expect(runEmulator(['--port', port], () => undefined)).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
  });
});
