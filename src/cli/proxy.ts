import process from 'node:process';
import { parseArgs } from 'node:util';
import {
  createAgentProxy,
  ProxyConfigurationError,
  type AgentProxy,
  type AgentProxyOptions,
  type ProxyOptionName,
} from '../proxy/index.js';
import { serve, type ServeOptions, type Served } from './serve.js';
import { UsageError } from './usageError.js';

/** What the command touches of the process around it. */
export interface ProxyCommandEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  readonly log: (line: string) => void;
  readonly serve: (options: ServeOptions) => Promise<Served>;
  /** Closes the server when the process is asked to end. */
  readonly closeOnSignal: (served: Served) => void;
}

const USAGE = `Usage: agent-chat-widget proxy [--port 8787] [--host 127.0.0.1] [--base-path /api/agent-chat]

Keeps the API key and passes messages on to your agents.

  ORQ_API_KEY         required  the Orq.ai API key
  AGENT_CHAT_AGENTS   required  public names and agent keys: support=my_agent_key,sales=other_key (or one bare key)
  AGENT_CHAT_ORIGINS  required  pages that may use it: https://www.example.com,https://example.com
  ORQ_BASE_URL                  default https://api.orq.ai
  AGENT_CHAT_REVIEWS            path that takes decisions on tool calls, where your upstream has one (the Agents API has none);
                                the emulator's: /__emulator/tasks/{task_id}/reviews/{tool_call_id}
  PORT                          default 8787; --port wins`;

/** Which variable the options of the proxy come from here, and what a right value looks like. */
const SOURCES: Readonly<Record<ProxyOptionName, { readonly name: string; readonly example: string }>> = {
  apiKey: { name: 'ORQ_API_KEY', example: 'ORQ_API_KEY=<your key, from Orq.ai under API keys>' },
  upstream: { name: 'ORQ_BASE_URL', example: 'ORQ_BASE_URL=https://api.orq.ai' },
  agents: { name: 'AGENT_CHAT_AGENTS', example: 'AGENT_CHAT_AGENTS=support=my_agent_key' },
  origins: { name: 'AGENT_CHAT_ORIGINS', example: 'AGENT_CHAT_ORIGINS=https://www.example.com' },
  basePath: { name: '--base-path', example: '--base-path /api/agent-chat' },
  limits: { name: 'limits', example: '' },
  process: { name: 'process', example: '' },
  reviews: {
    name: 'AGENT_CHAT_REVIEWS',
    example: 'AGENT_CHAT_REVIEWS=/reviews/{agent}/{task_id}/{tool_call_id}',
  },
};

/**
 * `agent-chat-widget proxy`: serves the proxy on its own, configured by environment variables. Logs one JSON line per request to stderr. Resolves once it listens.
 *
 * @throws UsageError where a variable or flag is missing or wrong. It names the variable and never has the key.
 */
export async function runProxy(argv: readonly string[], environment = processEnvironment): Promise<void> {
  const { variables, print } = environment;
  const flags = readFlags(argv);
  if (flags.help === true) return print(USAGE);
  const port = readPort(flags.port ?? variables['PORT']);
  const basePath = flags['base-path'] ?? '/api/agent-chat';
  const options: AgentProxyOptions = {
    apiKey: requireVariable(variables, 'apiKey'),
    agents: readAgents(requireVariable(variables, 'agents')),
    origins: readList(requireVariable(variables, 'origins')),
    basePath,
    logger: (entry) => environment.log(JSON.stringify(entry)),
    ...(isSet(variables['ORQ_BASE_URL']) && { upstream: variables['ORQ_BASE_URL'].trim() }),
    ...(isSet(variables['AGENT_CHAT_REVIEWS']) && { reviews: variables['AGENT_CHAT_REVIEWS'].trim() }),
  };
  const served = await environment.serve({
    fetch: createProxy(options).fetch,
    port,
    hostname: flags.host ?? '127.0.0.1',
  });
  environment.closeOnSignal(served);
  const address = served.url + basePath.replace(/\/+$/, '');
  print(`Proxy ready at ${address}\nUse it as url="${address}" in the widget. Health: ${address}/healthz`);
}

const processEnvironment: ProxyCommandEnvironment = {
  variables: process.env,
  print: (line) => console.log(line),
  log: (line) => console.error(line),
  serve,
  closeOnSignal: (served) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void served.close());
  },
};

function createProxy(options: AgentProxyOptions): AgentProxy {
  try {
    return createAgentProxy(options);
  } catch (error) {
    if (!(error instanceof ProxyConfigurationError)) throw error;
    const { name, example } = SOURCES[error.option];
    throw new UsageError(`${name} is not valid. ${error.message}\nExample: ${example}`, { cause: error });
  }
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'base-path': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function requireVariable(variables: ProxyCommandEnvironment['variables'], option: ProxyOptionName): string {
  const { name, example } = SOURCES[option];
  const value = variables[name];
  if (isSet(value)) return value.trim();
  throw new UsageError(
    `${name} is missing or empty. The proxy cannot start without it. Set it in the environment.\nExample: ${example}`,
  );
}

function readAgents(text: string): Record<string, string> {
  const pairs = readList(text).map((entry): [string, string] => {
    const equals = entry.indexOf('=');
    // A bare key is its own public name, without the version that it may be pinned to.
    return equals === -1
      ? [entry.split('@', 1)[0] ?? entry, entry]
      : [entry.slice(0, equals).trim(), entry.slice(equals + 1).trim()];
  });
  const repeated = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) !== index)?.[0];
  if (repeated !== undefined) {
    const { name, example } = SOURCES.agents;
    throw new UsageError(
      `${name} has the public name ${JSON.stringify(repeated)} twice. Only one of the agents could be reached. Give each its own name.\nExample: ${example},sales=other_key`,
    );
  }
  return Object.fromEntries(pairs);
}

function readList(text: string): string[] {
  return text.split(',').flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]));
}

function readPort(text: string | undefined): number {
  if (!isSet(text)) return 8787;
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : -1;
  if (port >= 0 && port <= 65_535) return port;
  throw new UsageError(
    `PORT (or --port) is not a port number: ${JSON.stringify(text)}. The proxy cannot listen there. Use a number from 0 (any free one) to 65535.\nExample: PORT=8787`,
  );
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}
