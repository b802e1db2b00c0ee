import type { Random } from './random.js';
import type { Review } from './pendingReviews.js';
import type { Step } from './step.js';
import type { JsonObject, WireMessage } from './wire.js';

/** An agent: a function of the turn that yields what the agent does, in order. */
export type Scenario = (turn: Turn) => Iterable<Step> | AsyncIterable<Step>;

/** What an agent knows when it is asked. */
export interface Turn {
  /** The agent's key, as asked for in the address. */
  readonly agentKey: string;
  /**
   * What the visitor wrote: the text parts of the newest user message (also while tool results come in), joined by
   * blank lines, `{{name}}` replaced from `variables`. Empty where it had none.
   */
  readonly text: string;
  /** The message of this request. */
  readonly message: WireMessage;
  /** How many user messages came before this one's: 0 in the first turn. */
  readonly index: number;
  readonly taskId: string;
  /** The page's answers to the client tools of the previous response, in the order of the calls; empty otherwise. */
  readonly toolResults: readonly ToolResult[];
  /** What persons have decided in this run, by the tool's name. Filled while the run plays. */
  readonly reviews: ReadonlyMap<string, Review>;
  /** Every message before this one, oldest first. */
  readonly history: readonly WireMessage[];
  readonly variables: Readonly<JsonObject>;
  /** `identity` of the request, or its older twin `contact`. */
  readonly identity: Readonly<JsonObject & { id: string }> | null;
  readonly thread: Readonly<JsonObject & { id: string }> | null;
  readonly memory: { readonly entityId: string } | null;
  readonly metadata: Readonly<JsonObject>;
  /** Numbers in [0, 1) from the emulator's seed. */
  readonly random: Random;
  /** Aborts when the emulator is closed. */
  readonly signal: AbortSignal;
}

/** One answer of the page to a client tool call. */
export interface ToolResult {
  readonly toolCallId: string;
  readonly name: string;
  readonly arguments: JsonObject;
  /** As sent: the wire has no flag for failure, so a page says it inside the result. */
  readonly result: unknown;
}
