import type { PendingToolCall } from '../agentEvent.js';
import type { Clock } from '../clock.js';
import { selectOpenToolCalls, selectPendingToolCalls, type ConversationState } from '../conversationState.js';
import type { Dispatcher } from '../createDispatcher.js';
import type { ToolCallPart } from '../message.js';
import type { ClientTools } from './clientTool.js';
import { executeCall } from './executeCall.js';
import { prepareCall, type PreparedCall } from './prepareCall.js';

export interface ToolRunnerOptions extends Pick<Dispatcher, 'dispatch'> {
  readonly clock: Clock;
  getState(): ConversationState;
  getTools(): ClientTools;
  /** Resolves once everything so far is kept; `null` where nothing is. */
  keep(): Promise<void> | null;
  /** Sends the results, once all are there. */
  proceed(): void;
}

/** Runs the page's own tools for the agent: each call at most once, and not unasked where a person has to be asked. */
export interface ToolRunner {
  /** Takes up the calls that wait for this page. */
  look(): void;
  /** A person's decision on a call of this page's. */
  decide(toolCallId: string, review: 'approved' | 'rejected', reason?: string): Promise<void>;
  /** Stops what runs. Whatever comes of it is ignored. */
  stop(): void;
}

type ReadyCall = Extract<PreparedCall, { kind: 'ready' }>;

export function createToolRunner({
  getState,
  dispatch,
  getTools,
  clock,
  keep,
  proceed,
}: ToolRunnerOptions): ToolRunner {
  /** What is being looked at or runs, by its id: being told of a call twice must not run it twice. */
  const taken = new Map<string, AbortController>();

  async function take(call: PendingToolCall): Promise<void> {
    const { toolCallId } = call;
    const stop = new AbortController();
    taken.set(toolCallId, stop);
    const prepared = await prepareCall(call, getTools());
    if (stop.signal.aborted || !find(toolCallId, 'input-required')) taken.delete(toolCallId);
    else if (prepared.kind === 'refused') fail(toolCallId, 'failed', prepared.code, prepared.message);
    else if (prepared.needsApproval) {
      announce(call, prepared, 'review-requested');
      taken.delete(toolCallId);
    } else await run(call, prepared, stop);
  }

  async function run(call: PendingToolCall, prepared: ReadyCall, stop: AbortController): Promise<void> {
    const { toolCallId } = call;
    announce(call, prepared, 'running');
    // Written down before it runs: a page that dies in the middle must not run it again without asking.
    const keeping = keep();
    if (keeping) await keeping;
    if (stop.signal.aborted) return;
    const outcome = await executeCall(prepared.tool, prepared.args, toolCallId, clock, stop);
    if (taken.get(toolCallId) !== stop) return; // stopped meanwhile
    if (outcome.kind === 'failed') return fail(toolCallId, 'failed', outcome.code, outcome.message);
    taken.delete(toolCallId);
    dispatch({ type: 'tool.answered', toolCallId, result: outcome.result });
    proceed();
  }

  function announce(
    { toolCallId }: PendingToolCall,
    { tool, shown }: ReadyCall,
    state: 'running' | 'review-requested',
  ) {
    dispatch({ type: 'tool.prepared', toolCallId, title: tool.title, arguments: shown, state });
  }

  function fail(toolCallId: string, state: 'failed' | 'rejected', code: string, message: string): void {
    taken.delete(toolCallId);
    const result = { error: { code, message } };
    dispatch({ type: 'tool.answered', toolCallId, result, failure: { state, error: message } });
    proceed();
  }

  function find(toolCallId: string, state: ToolCallPart['state']): ToolCallPart | undefined {
    return selectOpenToolCalls(getState()).find((call) => call.toolCallId === toolCallId && call.state === state);
  }

  return {
    look() {
      for (const call of selectPendingToolCalls(getState())) if (!taken.has(call.toolCallId)) void take(call);
    },
    async decide(toolCallId, review, reason) {
      const call = find(toolCallId, 'review-requested');
      if (!call || taken.has(toolCallId)) return;
      if (review === 'rejected') {
        const words = ['The visitor did not allow this.', ...(reason ? [reason] : [])].join(' ');
        return fail(toolCallId, 'rejected', 'rejected', words);
      }
      const stop = new AbortController();
      taken.set(toolCallId, stop);
      const prepared = await prepareCall(call, getTools());
      if (stop.signal.aborted || !find(toolCallId, 'review-requested')) taken.delete(toolCallId);
      else if (prepared.kind === 'refused') fail(toolCallId, 'failed', prepared.code, prepared.message);
      else void run(call, prepared, stop);
    },
    stop() {
      for (const [toolCallId, controller] of taken) {
        controller.abort();
        dispatch({ type: 'tool.stopped', toolCallId });
      }
      taken.clear();
    },
  };
}
