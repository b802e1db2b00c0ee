#!/usr/bin/env node
import { runEmulator } from './emulator.js';
import { UsageError } from './usageError.js';

const HELP = `Usage: agent-chat-widget <command> [options]

  emulator   serve an emulator of the Agents API, with agents to talk to
  proxy      serve the proxy that keeps the API key

agent-chat-widget <command> --help tells a command's options.`;

const [command, ...rest] = process.argv.slice(2);
try {
  await run(command, rest);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function run(name: string | undefined, argv: string[]): Promise<void> {
  switch (name) {
    case 'emulator': {
      const served = await runEmulator(argv);
      if (served !== null) closeOnSignal(served);
      return;
    }
    case 'proxy': {
      const { runProxy } = await import('./proxy.js');
      return runProxy(argv);
    }
    case 'help':
    case '--help':
    case '-h':
      console.log(HELP);
      return;
    case undefined:
      throw new UsageError(`No command was given.\n\n${HELP}`);
    default:
      throw new UsageError(`There is no command "${name}".\n\n${HELP}`);
  }
}

function closeOnSignal(served: { close(): Promise<void> }): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void served.close());
}
