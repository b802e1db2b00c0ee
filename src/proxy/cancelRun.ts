import type { Runs } from './createRuns.js';
import type { ProxyAgent } from './resolveAgents.js';
import { visitorOf } from './visitorOf.js';

/** What became of a request to stop. */
export interface CancelBody {
  /** Whether the agent is known to have stopped. The Agents API has no way to stop one, so it is not. */
  readonly cancelled: false;
  /**
   * `stopped-reading`: the proxy was reading the task's answer and reads no more; the agent may go on, and its answer can be polled.
   * `not-reading`: it was not, because the answer is complete, was given up, or is read elsewhere.
   */
  readonly upstream: 'stopped-reading' | 'not-reading';
}

/** `POST /v2/agents/{agent}/responses/{task_id}/cancel`: stops reading the task's answer at once, for everybody who follows it. */
export async function cancelRun(taskId: string, agent: ProxyAgent, request: Request, runs: Runs): Promise<CancelBody> {
  const run = await runs.store.findTask(visitorOf(request), agent.name, taskId);
  const isStopped = run !== null && runs.stop(run.runId);
  return { cancelled: false, upstream: isStopped ? 'stopped-reading' : 'not-reading' };
}
