/** The part of Standard Schema (standardschema.dev) that is needed here: what zod, valibot, arktype and others have in common. */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] };

/** What a running tool is told. */
export interface ToolContext {
  readonly toolCallId: string;
  /** Aborted when nobody waits for the result any more: after the timeout, by Stop, or when the page lets go. */
  readonly signal: AbortSignal;
}

/** A tool that runs in this page, with the visitor's session and rights, when the agent asks for it. */
export interface ClientTool<Arguments = Readonly<Record<string, unknown>>> {
  /** What visitors read: "Open the cart". */
  readonly title: string;
  /** One sentence more, for the question whether it may run. */
  readonly description?: string;
  /** Checks what the agent sends before anything runs. Without it any object is passed on. */
  readonly parameters?: StandardSchema<Arguments>;
  /** Whether a person has to allow each call. Decide it for every tool: what reads may go unasked, what changes something should not. Where it is missing, it is `true`. */
  readonly needsApproval: boolean | ((args: Arguments) => boolean);
  /**
   * Does it. Called at most once per call, also across reloads. What it returns must be JSON of at most 256 KiB; what it throws is told to the agent by its message.
   */
  execute(args: Arguments, context: ToolContext): unknown;
  /** How long it may take, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
}

/** The tools of this page by the names that the agent knows them by. */
export type ClientTools = Readonly<
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each has arguments of its own, and no type covers all of them
  Record<string, ClientTool<any>>
>;

/**
 * A tool whose `execute` knows the type of its arguments from `parameters`.
 *
 * @example
 * const tools = {
 *   open_cart: defineTool({ title: 'Open the cart', parameters: z.object({ tab: z.string() }), needsApproval: false, execute: ({ tab }) => openCart(tab) }),
 * };
 */
export function defineTool<Arguments = Readonly<Record<string, unknown>>>(
  tool: ClientTool<Arguments>,
): ClientTool<Arguments> {
  return tool;
}
