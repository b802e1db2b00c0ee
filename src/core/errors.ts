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

/** What an `AgentChatError` is made of. Only `code` and `message` are needed: the rest follows from the code. */
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
  /** How long the backend asked to wait before the next try, in milliseconds. */
  readonly retryAfterMs?: number;
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
  readonly retryAfterMs?: number;
  readonly requestId?: string;
  readonly traceId?: string;

  constructor(options: AgentChatErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    const [source, retryable, processed, userMessage] = HABITS[options.code];
    this.code = options.code;
    this.userMessage = options.userMessage ?? userMessage;
    this.retryable = options.retryable ?? retryable;
    this.source = options.source ?? source;
    this.processed = options.processed ?? processed;
    if (options.status !== undefined) this.status = options.status;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
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
    message: `Unexpected error: ${message}. The run was ended; the transcript is kept. Please report this.`,
    cause: value,
  });
}

/** Whose fault it usually is, whether trying again may help, whether the agent can have seen the message, and the words for visitors. */
type Habit = readonly [
  source: AgentChatErrorSource,
  retryable: boolean,
  processed: 'no' | 'unknown',
  userMessage: string,
];

const HABITS: Readonly<Record<AgentChatErrorCode, Habit>> = {
  network: ['network', true, 'unknown', "Can't connect. Check your connection and try again."],
  timeout: ['network', true, 'unknown', 'This is taking too long. Please try again.'],
  stream_dropped: ['network', true, 'unknown', 'The connection was lost.'],
  protocol: ['proxy', true, 'unknown', 'Something went wrong. Please try again.'],
  invalid_request: ['proxy', false, 'no', 'This message was not accepted.'],
  empty_message: ['config', false, 'no', 'Write a message first.'],
  unauthorized: ['config', false, 'no', 'Your session has ended. Please sign in again.'],
  forbidden: ['config', false, 'no', "Chat isn't available here."],
  agent_not_found: ['config', false, 'no', "Chat isn't available right now."],
  task_not_found: ['agent', false, 'no', 'This conversation can no longer be continued.'],
  task_active: ['agent', true, 'no', 'The previous answer is still being written.'],
  too_large: ['proxy', false, 'no', 'This message is too large.'],
  rate_limited: ['proxy', true, 'no', 'Too many messages right now. Please wait a moment.'],
  server_error: ['agent', true, 'unknown', 'Something went wrong on our side. Please try again.'],
  response_failed: ['agent', true, 'unknown', 'The answer could not be finished.'],
  config: ['config', false, 'no', "Chat isn't available right now."],
};
