import { parseArgs } from 'node:util';
import { createEmulator } from '../emulator/index.js';
import { serve, type Served } from './serve.js';
import { UsageError } from './usageError.js';

/** `agent-chat-widget emulator`: serves the emulator until it is stopped. Resolves once it listens. */
export async function runEmulator(
  argv: readonly string[],
  print: (line: string) => void = console.log,
): Promise<Served | null> {
  const options = readOptions(argv);
  if (options.isHelp) {
    print(EMULATOR_HELP);
    return null;
  }
  const apiKey = process.env['ORQ_API_KEY'];
  const emulator = createEmulator({
    latency: 'realistic',
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(apiKey !== undefined && apiKey !== '' && { apiKey }),
  });
  const served = await serve({ fetch: emulator.fetch, port: options.port, hostname: options.hostname });
  const width = Math.max(...emulator.agents().map((agent) => agent.key.length));
  print(`Emulator of the Agents API on ${served.url}\n`);
  print(`API key  ${emulator.apiKey}${apiKey ? '  (from ORQ_API_KEY)' : ''}`);
  print(
    `Agents   ${emulator
      .agents()
      .map((agent) => `${agent.key.padEnd(width)}  ${agent.description}`)
      .join('\n         ')}\n`,
  );
  print(`Try      curl -N ${served.url}/v2/agents/guide/responses \\
           -H 'Authorization: Bearer ${emulator.apiKey}' -H 'Content-Type: application/json' \\
           -d '{"stream":true,"message":{"role":"user","parts":[{"kind":"text","text":"Hello!"}]}}'`);
  return {
    url: served.url,
    close: async () => {
      emulator.close();
      await served.close();
    },
  };
}

/** What `emulator --help` prints. */
const EMULATOR_HELP = `Usage: agent-chat-widget emulator [--port N] [--host ADDRESS] [--seed TEXT]

Serves an emulator of the Agents API, with agents to talk to. It needs no network and keeps everything in memory.

  --port N        port to listen on, 0 for any free one (default 4010)
  --host ADDRESS  address to listen on (default 127.0.0.1)
  --seed TEXT     the same seed makes the same ids and pauses (default 1)
  --help          this text

Environment: ORQ_API_KEY  the API key that the emulator accepts (default emulator-key)`;

interface Options {
  readonly port: number;
  readonly hostname: string;
  readonly seed: string | undefined;
  readonly isHelp: boolean;
}

function readOptions(argv: readonly string[]): Options {
  const { values } = parse(argv);
  return {
    port: readPort(values.port),
    hostname: values.host ?? '127.0.0.1',
    seed: values.seed,
    isHelp: values.help ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        seed: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${message.split('. ')[0]}. See: agent-chat-widget emulator --help`);
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 4010;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`--port must be a whole number from 0 to 65535, but it is "${text}". Try --port 4010.`);
}
