import type { ProxyLogEntry } from './proxyLog.js';

/** Template engines of the Agents API (PROTOCOL.md 4.1). */
export type TemplateEngine = 'text' | 'jinja' | 'mustache';

/** One agent that visitors may talk to. */
export interface ProxyAgentOptions {
  /** The agent's key at the API, a version suffix (`my_agent@1.2.0`) included. Visitors never see it. */
  readonly key: string;
  /** Template variables that visitors may set. Any other variable is refused with 400. Default: none. */
  readonly variables?: readonly string[];
  /** Template engine to ask for. Default: none is sent, so the agent's own setting holds. */
  readonly engine?: TemplateEngine;
  /**
   * What happens to template braces in what visitors send: `forward` leaves them, `escape` puts a space into `{{`, `{%` and `{#`, so that no engine takes
   * a visitor's words for a template. Default: `escape` where `variables` are configured, else `forward`.
   */
  readonly braces?: 'forward' | 'escape';
  /** Whether visitors may attach files as bytes. Files by address are always refused: the API would fetch the address from inside its own network. Default `bytes`. */
  readonly files?: 'bytes' | 'none';
  /** Name on the public card. Default: the agent's `display_name` at the API. */
  readonly displayName?: string;
  /** One line about the agent on the public card. Default: the agent's `description` at the API; with `displayName` set, none. */
  readonly description?: string;
  /** First messages to offer to a visitor. Default: none. */
  readonly suggestions?: readonly string[];
}

/** How much one request may take. Everything above is refused before the API is called. */
export interface ProxyLimits {
  /** Bytes of a request body. Default 10 MiB for agents that accept files, else 1 MiB. */
  readonly bodyBytes: number;
  /** Parts of one message. Default 20. */
  readonly parts: number;
  /** UTF-16 code units of all text parts of one message together. Default 32,768. */
  readonly textCharacters: number;
  /** Nesting of the body's JSON, the outermost object included. Default 32. */
  readonly depth: number;
  /** Milliseconds until the API must have begun to answer. Default 30,000. A synchronous turn answers only when it is done: there `totalTimeoutMs` holds. */
  readonly headersTimeoutMs: number;
  /** Milliseconds without a byte from the API after which an answer is given up. Default 300,000: the API sends no heartbeats, and tools may think for minutes. */
  readonly idleTimeoutMs: number;
  /** Milliseconds for one exchange as a whole. Default 600,000. */
  readonly totalTimeoutMs: number;
}

/** The part of `fetch` that the proxy uses. */
export type UpstreamFetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of {@link createAgentProxy}. */
export interface AgentProxyOptions {
  /** The Orq.ai API key. Stays in here: no response, error or log entry has it. */
  readonly apiKey: string;
  /** Base address of the Agents API, with or without a trailing `/` or `/v2`. Default `https://api.orq.ai`. */
  readonly upstream?: string;
  /** Public name → agent key, or its options. Only these agents can be reached. */
  readonly agents: Readonly<Record<string, string | ProxyAgentOptions>>;
  /**
   * Origins of the pages that may use the proxy, such as `https://www.example.com`; compared exactly. Requests from the proxy's own origin and requests
   * without `Origin` pass as well, so `[]` means "same origin only". This keeps other sites' pages out; it does not authenticate anybody.
   */
  readonly origins: readonly string[];
  /** Path under which the proxy is mounted, such as `/api/agent-chat`. Default `''`. */
  readonly basePath?: string;
  readonly limits?: Partial<ProxyLimits>;
  /** How the API is called. Default: the platform's `fetch`. */
  readonly fetch?: UpstreamFetch;
  /** Called once per request, when it has ended. Default: errors that need a developer go to `console.error`, one JSON line each. */
  readonly logger?: (entry: ProxyLogEntry) => void;
}
