import { ProxyConfigurationError } from './proxyConfigurationError.js';
import type { AgentProxyOptions, ProxyAgentOptions, TemplateEngine } from './proxyOptions.js';

/** One agent, checked and with its defaults. */
export interface ProxyAgent {
  readonly name: string;
  readonly key: string;
  readonly variables: ReadonlySet<string>;
  readonly engine: TemplateEngine | null;
  readonly escapesBraces: boolean;
  readonly acceptsFiles: boolean;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly suggestions: readonly string[];
}

/** The API's own rule for keys, with the version suffix that it accepts (PROTOCOL.md 1.1). */
const AGENT_KEY = /^[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*(?:@[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*)?$/;
const OPTION_NAMES = ['key', 'variables', 'engine', 'braces', 'files', 'displayName', 'description', 'suggestions'];

/** @throws ProxyConfigurationError where there are no agents, or one of them cannot work. */
export function resolveAgents(agents: AgentProxyOptions['agents'] | undefined): ReadonlyMap<string, ProxyAgent> {
  const entries = Object.entries(agents ?? {});
  if (entries.length === 0) {
    throw new ProxyConfigurationError(
      'agents',
      'No agents are configured. Only agents named here can be reached, so every message would be refused. Pass agents: { support: "my_agent_key" }.',
    );
  }
  return new Map(
    entries.map(([name, agent]) => [name, resolveAgent(name, typeof agent === 'string' ? { key: agent } : agent)]),
  );
}

function resolveAgent(name: string, agent: ProxyAgentOptions): ProxyAgent {
  if (!/^[\p{L}\p{N}_~-][\p{L}\p{N}._~-]*$/u.test(name)) {
    fail(
      name,
      'has a public name that does not fit into a path',
      'Use letters, digits, ".", "_" and "-" only, no slash or space',
    );
  }
  const unknown = Object.keys(agent).find((option) => !OPTION_NAMES.includes(option));
  if (unknown !== undefined)
    fail(name, `has an unknown option ${JSON.stringify(unknown)}`, `The options are ${OPTION_NAMES.join(', ')}`);
  if (typeof agent.key !== 'string' || agent.key.length > 255 || !AGENT_KEY.test(agent.key)) {
    fail(name, 'has no valid agent key', 'Copy the key of the agent from its page in Orq.ai, such as "my_agent_key"');
  }
  if (agent.engine !== undefined && !['text', 'jinja', 'mustache'].includes(agent.engine)) {
    fail(name, 'has an unknown engine', 'Use "text", "jinja" or "mustache", or leave it out');
  }
  if (agent.braces !== undefined && !['forward', 'escape'].includes(agent.braces)) {
    fail(name, 'has an unknown value for braces', 'Use "forward" or "escape", or leave it out');
  }
  if (agent.files !== undefined && !['bytes', 'none'].includes(agent.files)) {
    fail(name, 'has an unknown value for files', 'Use "bytes" or "none", or leave it out');
  }
  for (const list of [agent.variables ?? [], agent.suggestions ?? []]) {
    if (Array.isArray(list) && list.every((item) => typeof item === 'string')) continue;
    fail(
      name,
      'has variables or suggestions that are no list of strings',
      'Write variables: ["language"], suggestions: ["What can you do?"]',
    );
  }
  const variables = new Set(agent.variables ?? []);
  return {
    name,
    key: agent.key,
    variables,
    engine: agent.engine ?? null,
    escapesBraces: (agent.braces ?? (variables.size > 0 ? 'escape' : 'forward')) === 'escape',
    acceptsFiles: (agent.files ?? 'bytes') === 'bytes',
    displayName: agent.displayName ?? null,
    description: agent.description ?? null,
    suggestions: agent.suggestions ?? [],
  };
}

function fail(name: string, what: string, advice: string): never {
  throw new ProxyConfigurationError(
    'agents',
    `The agent ${JSON.stringify(name)} ${what}. Visitors could not reach it as you meant. ${advice}.`,
  );
}
