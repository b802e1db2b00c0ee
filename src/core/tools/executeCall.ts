import type { Clock } from '../clock.js';
import { sleep } from '../sleep.js';
import type { ClientTool } from './clientTool.js';

export type ToolOutcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | {
      readonly kind: 'failed';
      readonly code: 'tool_failed' | 'tool_timeout' | 'result_too_large';
      readonly message: string;
    };

const TIMEOUT_MS = 60_000;
const MAX_RESULT_BYTES = 256 * 1024;

/**
 * Runs a tool for as long as it may take. Never throws: what a handler throws is the agent's to know, and nobody else's problem.
 *
 * @param stop - aborted by whoever does not want the result any more; then whatever the tool still does is ignored.
 */
export async function executeCall(
  tool: ClientTool<unknown>,
  args: unknown,
  toolCallId: string,
  clock: Clock,
  stop: AbortController,
): Promise<ToolOutcome> {
  const { timeoutMs = TIMEOUT_MS } = tool;
  const { signal } = stop;
  const late = Symbol('late');
  const waiting = new AbortController();
  const timeout = sleep(clock, timeoutMs, AbortSignal.any([signal, waiting.signal])).then(() => late);
  try {
    // Inside a promise, so that a handler that throws at once is no different from one that rejects.
    const running = Promise.resolve().then(() => tool.execute(args, { toolCallId, signal }));
    const result = await Promise.race([running, timeout]);
    if (result !== late) return checkResult(result);
    stop.abort(new DOMException('The tool took too long.', 'TimeoutError'));
    return { kind: 'failed', code: 'tool_timeout', message: `The tool did not finish within ${timeoutMs / 1000} s.` };
  } catch (thrown) {
    return { kind: 'failed', code: 'tool_failed', message: thrown instanceof Error ? thrown.message : String(thrown) };
  } finally {
    waiting.abort();
    timeout.catch(() => undefined);
  }
}

function checkResult(result: unknown): ToolOutcome {
  const text = JSON.stringify(result ?? null) as string | undefined;
  if (text === undefined) {
    return { kind: 'failed', code: 'tool_failed', message: 'The tool returned something that is no JSON.' };
  }
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_RESULT_BYTES) {
    const message = `The tool returned ${bytes} bytes of JSON; at most ${MAX_RESULT_BYTES} are passed on.`;
    return { kind: 'failed', code: 'result_too_large', message };
  }
  // Through JSON: what is shown and kept is what the agent gets, and the page's own objects stay out of the state.
  return { kind: 'done', result: JSON.parse(text) as unknown };
}
