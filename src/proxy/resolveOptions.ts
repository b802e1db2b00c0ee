import { detectProcess } from './detectProcess.js';
import { ProxyConfigurationError } from './proxyConfigurationError.js';
import type { AgentProxyOptions, ProxyLimits, UpstreamFetch } from './proxyOptions.js';
import type { ProxyLogEntry } from './proxyLog.js';
import { resolveAgents, type ProxyAgent } from './resolveAgents.js';

/** The options, checked and with their defaults. */
export interface ProxySettings {
  readonly apiKey: string;
  /** Without a trailing slash or `/v2`: `https://api.orq.ai`. */
  readonly apiUrl: string;
  /** A `Map`, because an object would find `constructor` among the agents. */
  readonly agents: ReadonlyMap<string, ProxyAgent>;
  readonly origins: ReadonlySet<string>;
  readonly basePath: string;
  /** `bodyBytes` is `null` where it depends on the agent. */
  readonly limits: Omit<ProxyLimits, 'bodyBytes'> & { readonly bodyBytes: number | null };
  readonly process: 'long-lived' | 'per-request';
  /** Path with placeholders, or `null` where reviews cannot be answered. */
  readonly reviews: string | null;
  readonly fetch: UpstreamFetch;
  readonly logger: (entry: ProxyLogEntry) => void;
}

const DEFAULT_LIMITS: ProxySettings['limits'] = {
  bodyBytes: null,
  parts: 20,
  textCharacters: 32_768,
  depth: 32,
  headersTimeoutMs: 30_000,
  idleTimeoutMs: 300_000,
  totalTimeoutMs: 600_000,
  heartbeatMs: 15_000,
  graceMs: 30_000,
  retainedMs: 600_000,
  replayBytes: 262_144,
  replayTotalBytes: 67_108_864,
};

/** Limits that may be 0; the others would forbid everything. */
const ZERO_LIMITS = ['graceMs'];

/** @throws ProxyConfigurationError for the first option that is wrong. */
export function resolveOptions(options: AgentProxyOptions): ProxySettings {
  return {
    apiKey: checkApiKey(options.apiKey),
    apiUrl: resolveUpstream(options.upstream ?? 'https://api.orq.ai'),
    agents: resolveAgents(options.agents),
    origins: resolveOrigins(options.origins),
    basePath: resolveBasePath(options.basePath ?? ''),
    limits: resolveLimits(options.limits ?? {}),
    process: checkProcess(options.process ?? detectProcess()),
    reviews: options.reviews === undefined ? null : checkReviews(options.reviews),
    // Looked up per call: platforms and tests replace the global after this module has loaded.
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    logger: options.logger ?? logErrors,
  };
}

function checkApiKey(apiKey: unknown): string {
  const fail = (what: string): never => {
    throw new ProxyConfigurationError(
      'apiKey',
      `The API key ${what}. Without a key the Agents API refuses every message. Pass apiKey: process.env.ORQ_API_KEY, and check that the variable is set where the proxy runs.`,
    );
  };
  if (typeof apiKey !== 'string' || apiKey.trim() === '') return fail('is missing or empty');
  if (/^(undefined|null|nan|true|false|\[object \w+\])$/i.test(apiKey)) return fail(`is the word "${apiKey}"`);
  if (/^[$<{]/.test(apiKey)) return fail('is a placeholder that was never filled in');
  if (/^bearer\b/i.test(apiKey)) return fail('starts with "Bearer", which the proxy adds itself');
  // Also what makes it safe to look for the key in an answer: no line ends, no quotes, and too long to occur by chance.
  if (!/^[\x21\x23-\x5b\x5d-\x7e]{8,}$/.test(apiKey))
    return fail('has fewer than 8 characters, or characters that no key has');
  return apiKey;
}

function resolveUpstream(upstream: string): string {
  const url = URL.canParse(upstream) ? new URL(upstream) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username + url.password + url.search + url.hash !== '') {
    throw new ProxyConfigurationError(
      'upstream',
      'The upstream is not a plain http(s) address. The proxy would not know where to send messages and the key. Use an address such as https://api.orq.ai, without user, query or fragment.',
    );
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v2$/, '').replace(/\/+$/, '');
  return url.origin + path;
}

function resolveOrigins(origins: unknown): ReadonlySet<string> {
  if (!Array.isArray(origins)) {
    throw new ProxyConfigurationError(
      'origins',
      'The list of origins is missing. Without it any site could put its visitors on your bill. Pass origins: ["https://www.example.com"], or [] for the same origin only.',
    );
  }
  for (const origin of origins as readonly unknown[]) {
    const parsed = typeof origin === 'string' && URL.canParse(origin) ? new URL(origin).origin : null;
    if (parsed !== null && parsed === origin && /^https?:\/\/[^*]+$/.test(parsed)) continue;
    const suggestion =
      parsed !== null && parsed !== 'null' && !parsed.includes('*')
        ? `"${parsed}"`
        : 'scheme, host and port only, such as "https://www.example.com"';
    throw new ProxyConfigurationError(
      'origins',
      `The origin ${JSON.stringify(origin)} can never match. Browsers send an exact origin, and wildcards are not supported. Write ${suggestion}.`,
    );
  }
  return new Set(origins as readonly string[]);
}

function resolveBasePath(basePath: string): string {
  const path = basePath.replace(/\/+$/, '');
  if (/^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$/.test(path)) return path;
  throw new ProxyConfigurationError(
    'basePath',
    `The base path ${JSON.stringify(basePath)} is not a plain path. No request would match a route. Write it with a leading slash, such as "/api/agent-chat".`,
  );
}

function resolveLimits(limits: Partial<ProxyLimits>): ProxySettings['limits'] {
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in DEFAULT_LIMITS) || !Number.isInteger(value) || value < (ZERO_LIMITS.includes(name) ? 0 : 1)) {
      throw new ProxyConfigurationError(
        'limits',
        `The limit ${JSON.stringify(name)} is unknown or not a whole number above 0. It would not limit anything. The limits are ${Object.keys(DEFAULT_LIMITS).join(', ')}.`,
      );
    }
  }
  return { ...DEFAULT_LIMITS, ...limits };
}

function checkProcess(process: unknown): ProxySettings['process'] {
  if (process === 'long-lived' || process === 'per-request') return process;
  throw new ProxyConfigurationError(
    'process',
    `The process ${JSON.stringify(process)} is unknown. Clients would be promised what may not be kept. Use "long-lived" for a server, or "per-request" for functions and workers.`,
  );
}

function checkReviews(path: unknown): string {
  const bare = typeof path === 'string' ? path.replace(/\{(agent|task_id|tool_call_id)\}/g, 'x') : '';
  if (/^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/.test(bare) && String(path).includes('{tool_call_id}'))
    return String(path);
  throw new ProxyConfigurationError(
    'reviews',
    `The path for reviews ${JSON.stringify(path)} is not a plain path with {tool_call_id} in it. No decision would arrive. Write it like "/reviews/{agent}/{task_id}/{tool_call_id}", without host and query.`,
  );
}

function logErrors(entry: ProxyLogEntry): void {
  if (entry.level === 'error') console.error(JSON.stringify(entry));
}
