import type { Runs } from './createRuns.js';
import type { Exchange } from './exchange.js';
import { ProxyError } from './proxyError.js';
import type { ProxyAgent } from './resolveAgents.js';
import type { ProxySettings } from './resolveOptions.js';
import { STREAM_HEADERS } from './sendMessage.js';
import { streamRun } from './streamRun.js';
import { visitorOf } from './visitorOf.js';

/**
 * `GET /v2/agents/{agent}/responses/{task_id}/events`: the stream of a task's newest answer, from behind `Last-Event-ID` on or from its beginning, and on as it comes.
 *
 * @throws ProxyError `replay_gone` where not all of that is kept, also where the task is unknown: after a restart every task is, and it may well exist. Poll then.
 */
export async function replayRun(
  taskId: string,
  agent: ProxyAgent,
  request: Request,
  settings: ProxySettings,
  runs: Runs,
  exchange: Exchange,
): Promise<Response> {
  const run = await runs.store.findTask(visitorOf(request), agent.name, taskId);
  const lastEventId = request.headers.get('last-event-id') ?? '';
  const from = run === null ? null : findPlace(lastEventId, run.runId);
  if (run === null || from === null || !(await runs.store.covers(run.runId, from))) {
    throw new ProxyError('replay_gone', { processed: 'unknown' });
  }
  const reader = runs.follow(run.runId, from, exchange);
  return new Response(streamRun(reader, exchange, settings.limits.heartbeatMs), { headers: STREAM_HEADERS });
}

/** Number of the entry that follows an event; entry 0 is no event. */
function findPlace(lastEventId: string, runId: string): number | null {
  if (lastEventId === '') return 1;
  const [, id, number] = /^([0-9a-f]+)\.(\d{1,9})$/.exec(lastEventId) ?? [];
  return id === runId ? Number(number) + 1 : null;
}
