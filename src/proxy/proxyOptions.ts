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

/** How much one request may take, and how much the proxy remembers. What a request takes above that is refused before the API is called. */
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
  /** Milliseconds after which a waiting stream gets a comment line, so that clients can tell silence from a dead connection. Default 15,000. */
  readonly heartbeatMs: number;
  /**
   * Milliseconds for which the API is read on after the last client has left, so that one that comes back misses nothing. Default 30,000; 0 ends the call at once.
   * Only with `process: 'long-lived'`.
   */
  readonly graceMs: number;
  /** Milliseconds for which a message's key and its answer are remembered once the answer is over. Default 600,000. */
  readonly retainedMs: number;
  /** Bytes remembered of one answer, the newest. Default 256 KiB. */
  readonly replayBytes: number;
  /** Bytes remembered of all answers together; the least recently used go first. Default 64 MiB. */
  readonly replayTotalBytes: number;
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
  /**
   * How long the process lives. `long-lived` (a server): a lost connection can be resumed, a message that comes twice is sent once, and receipts tell what became of
   * it. `per-request` (functions and workers, where the next request may meet another process): nothing is remembered and none of that is offered.
   * Default: `per-request` where AWS Lambda, Azure or Google functions, Vercel, Netlify or Cloudflare Workers say that they are it, else `long-lived`.
   */
  readonly process?: 'long-lived' | 'per-request';
  /**
   * Where decisions on tool calls go: a path on the upstream's host, with `{agent}`, `{task_id}` and `{tool_call_id}` to be filled in. It gets
   * `POST { review: 'approved' | 'rejected', reason? }` with the API key. The Agents API has no such route; the emulator's is
   * `/__emulator/tasks/{task_id}/reviews/{tool_call_id}`. Default: none, and reviews are not offered.
   */
  readonly reviews?: string;
  /** How the API is called. Default: the platform's `fetch`. */
  readonly fetch?: UpstreamFetch;
  /** Called once per request, when it has ended. Default: errors that need a developer go to `console.error`, one JSON line each. */
  readonly logger?: (entry: ProxyLogEntry) => void;
}
