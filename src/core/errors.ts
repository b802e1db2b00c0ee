/** What went wrong, as a word that code may branch on. Never match on message texts. */
export type AgentChatErrorCode =
  | 'network'
  | 'timeout'
  | 'stream_dropped'
  | 'protocol'
  | 'invalid_request'
  | 'empty_message'
  | 'unauthorized'
  | 'forbidden'
  | 'agent_not_found'
  | 'task_not_found'
  | 'task_active'
  | 'too_large'
  | 'rate_limited'
  | 'server_error'
  | 'response_failed'
  | 'config';

/** Whose fault it is: the network between, our proxy, the agent, a tool, or the host page's own configuration. */
export type AgentChatErrorSource = 'network' | 'proxy' | 'agent' | 'tool' | 'config';

export interface AgentChatErrorOptions {
  readonly code: AgentChatErrorCode;
  /** For developers, in three beats: what happened, why it matters, what to do. */
  readonly message: string;
  /** For visitors: short, human, no jargon. Default: a sentence that fits `code`. */
  readonly userMessage?: string;
  /** Whether the same request may succeed later. Default: by `code`. */
  readonly retryable?: boolean;
  readonly source?: AgentChatErrorSource;
  /** Whether the message can have reached the agent. Default: by `code`. */
  readonly processed?: 'no' | 'unknown';
  /** HTTP status, where there was one. */
  readonly status?: number;
  readonly requestId?: string;
  readonly traceId?: string;
  readonly cause?: unknown;
}

/** The one error that this library throws, stores and reports. */
export class AgentChatError extends Error {
  override readonly name = 'AgentChatError';
  readonly code: AgentChatErrorCode;
  /** Words for visitors. The components show a translation by `code` where the locale has one. */
  readonly userMessage: string;
  readonly retryable: boolean;
  readonly source: AgentChatErrorSource;
  /** `no` only where it is certain that the agent never saw the message; everything else is `unknown`. */
  readonly processed: 'no' | 'unknown';
  readonly status?: number;
  readonly requestId?: string;
  readonly traceId?: string;

  constructor(options: AgentChatErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    const habit = HABITS[options.code];
    this.code = options.code;
    this.userMessage = options.userMessage ?? habit.userMessage;
    this.retryable = options.retryable ?? habit.retryable;
    this.source = options.source ?? habit.source;
    this.processed = options.processed ?? (REFUSALS.has(options.code) ? 'no' : 'unknown');
    if (options.status !== undefined) this.status = options.status;
    if (options.requestId !== undefined) this.requestId = options.requestId;
    if (options.traceId !== undefined) this.traceId = options.traceId;
  }
}

/** True for errors of this library, also across two copies of it on one page. */
export function isAgentChatError(value: unknown): value is AgentChatError {
  return value instanceof Error && value.name === 'AgentChatError' && 'code' in value;
}

/** Wraps whatever was thrown, so that everything above the transport handles one type. */
export function toAgentChatError(value: unknown): AgentChatError {
  if (isAgentChatError(value)) return value;
  const message = value instanceof Error ? value.message : String(value);
  return new AgentChatError({
    code: 'protocol',
    message: `Unexpected error: ${message}. The run was ended; the transcript is kept. Please report this with its cause.`,
    cause: value,
  });
}

// Answers that say the request was turned away before an agent ran.
const REFUSALS: ReadonlySet<AgentChatErrorCode> = new Set([
  'invalid_request',
  'empty_message',
  'unauthorized',
  'forbidden',
  'agent_not_found',
  'task_not_found',
  'task_active',
  'too_large',
  'rate_limited',
  'config',
]);

interface Habit {
  readonly userMessage: string;
  readonly retryable: boolean;
  readonly source: AgentChatErrorSource;
}

const HABITS: Readonly<Record<AgentChatErrorCode, Habit>> = {
  network: { userMessage: "Can't connect. Check your connection and try again.", retryable: true, source: 'network' },
  timeout: { userMessage: 'This is taking too long. Please try again.', retryable: true, source: 'network' },
  stream_dropped: { userMessage: 'The connection was lost.', retryable: true, source: 'network' },
  protocol: { userMessage: 'Something went wrong. Please try again.', retryable: true, source: 'proxy' },
  invalid_request: { userMessage: 'This message was not accepted.', retryable: false, source: 'proxy' },
  empty_message: { userMessage: 'Write a message first.', retryable: false, source: 'config' },
  unauthorized: { userMessage: 'Your session has ended. Please sign in again.', retryable: false, source: 'config' },
  forbidden: { userMessage: "Chat isn't available here.", retryable: false, source: 'config' },
  agent_not_found: { userMessage: "Chat isn't available right now.", retryable: false, source: 'config' },
  task_not_found: { userMessage: 'This conversation can no longer be continued.', retryable: false, source: 'agent' },
  task_active: { userMessage: 'The previous answer is still being written.', retryable: true, source: 'agent' },
  too_large: { userMessage: 'This message is too large.', retryable: false, source: 'proxy' },
  rate_limited: { userMessage: 'Too many messages right now. Please wait a moment.', retryable: true, source: 'proxy' },
  server_error: {
    userMessage: 'Something went wrong on our side. Please try again.',
    retryable: true,
    source: 'agent',
  },
  response_failed: { userMessage: 'The answer could not be finished.', retryable: true, source: 'agent' },
  config: { userMessage: "Chat isn't available right now.", retryable: false, source: 'config' },
};
