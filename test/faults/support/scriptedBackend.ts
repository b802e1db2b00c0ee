import type { Clock } from '../../../src/core/clock.js';
import type { FetchHandler } from '../../support/faultServerFaults.js';
import { isEnd, type Moment } from './moment.js';
import { createScriptedRun, type ScriptedRun } from './scriptedRun.js';
import type { Call, Wire } from './wire.js';

export interface ScriptedBackendOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  /** What our proxy offers; `null` for plain Orq, with no proxy of ours in front. Default: everything. */
  readonly features?: readonly string[] | null;
  /** Milliseconds. */
  readonly heartbeatMs?: number;
  /** Seconds for which receipts are proof. */
  readonly retainedSeconds?: number;
}

export interface ScriptedBackend {
  readonly handle: FetchHandler;
  /** What agents were asked to answer, oldest first. A message that came twice is here twice only where nothing remembers the first. */
  readonly runs: readonly ScriptedRun[];
  /** How the runs to come answer; without a script the test says every word itself. */
  answersWith(script: ((run: ScriptedRun) => void) | null): void;
  /** Decisions on tool calls, as they arrived. */
  readonly reviews: readonly string[];
  readonly cancels: readonly string[];
  /** The proxy is killed and started: streams are reset, its memory is gone and has a new name. The agents notice nothing. */
  restart(): void;
}

const FEATURES = ['cancel', 'receipts', 'replay', 'reviews', 'heartbeats'];

/** The backend as a client sees it, played without a network, without a server and without real time. */
export function createScriptedBackend(options: ScriptedBackendOptions): ScriptedBackend {
  const { wire, clock, features = FEATURES, heartbeatMs = 15_000, retainedSeconds = 600 } = options;
  const offers = new Set(features ?? []);
  const runs: ScriptedRun[] = [];
  const reviews: string[] = [];
  const cancels: string[] = [];
  let remembered = new Map<string, ScriptedRun>();
  let epoch = 1;
  let restartedAt = -Infinity;
  let script: ((run: ScriptedRun) => void) | null = null;

  const taskOf = (taskId: string): ScriptedRun | undefined => runs.findLast((run) => run.taskId === taskId);
  const streamOf = (run: ScriptedRun, after: string): Response =>
    new Response(run.open(after, offers.has('heartbeats') ? heartbeatMs : null), {
      headers: { 'content-type': 'text/event-stream' },
    });

  /** What the proxy knows of a message; an answer that was over long ago is forgotten. */
  function recall(messageId: string): ScriptedRun | undefined {
    const run = remembered.get(messageId);
    if (run && clock.now() - run.endedAt() > retainedSeconds * 1000) remembered.delete(messageId);
    return remembered.get(messageId);
  }

  function send({ messageId, taskId, streams }: Extract<Call, { kind: 'send' }>, body: unknown): Response {
    const earlier = recall(messageId);
    if (earlier) return streams ? streamOf(earlier, '') : snapshotOf(earlier);
    const continued = taskId === null ? null : taskOf(taskId);
    if (continued === undefined) return refusal(404, 'task_not_found');
    const end = continued?.moments.find(isEnd);
    if (continued && !end) return refusal(409, 'task_active');
    if (end && !takes(end, body)) return refusal(400, 'invalid_request');
    const number = runs.length + 1;
    const speaker = { taskId: `task-${number}`, responseId: `response-${number}` };
    const run = createScriptedRun({
      wire,
      clock,
      speaker,
      messageId,
      continues: taskId,
      body,
      hasIds: offers.has('replay'),
    });
    runs.push(run);
    if (features !== null) remembered.set(messageId, run);
    script?.(run);
    return streams ? streamOf(run, '') : snapshotOf(run);
  }

  function snapshotOf(run: ScriptedRun): Response {
    return Response.json(wire.snapshot(run.moments, run.speaker));
  }

  function answer(call: Call, request: Request, body: unknown): Response {
    switch (call.kind) {
      case 'send':
        return send(call, body);
      case 'poll': {
        const run = taskOf(call.taskId);
        return run ? snapshotOf(run) : refusal(404, 'task_not_found');
      }
      case 'replay': {
        const run = taskOf(call.taskId);
        const isKept = offers.has('replay') && run && recall(run.messageId);
        return isKept
          ? streamOf(run, request.headers.get('last-event-id') ?? '')
          : refusal(410, 'replay_gone', 'unknown');
      }
      case 'receipt': {
        if (!offers.has('receipts')) return refusal(404, 'not_found');
        const run = recall(call.messageId);
        const age = (clock.now() - restartedAt) / 1000;
        if (!run) return Response.json({ status: 'unknown', retained_s: Math.min(retainedSeconds, age) });
        return Response.json({ status: 'received', task_id: run.taskId, settled: run.moments.some(isEnd) });
      }
      case 'cancel':
        cancels.push(call.taskId);
        return Response.json({ cancelled: false, upstream: 'stopped-reading' });
      case 'review':
        reviews.push(call.toolCallId);
        return Response.json({ task_id: call.taskId, tool_call_id: call.toolCallId, review: 'approved' });
      case 'card':
        return Response.json({ key: 'support', display_name: 'Ada', description: null, suggestions: [] });
    }
  }

  return {
    runs,
    reviews,
    cancels,
    answersWith: (next) => void (script = next),
    async handle(request) {
      const text = await request.text();
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const call = wire.readCall(request.method, new URL(request.url).pathname, body);
      const response = call ? answer(call, request, body) : refusal(404, 'not_found');
      if (features !== null) {
        response.headers.set('agent-chat-proxy', `0.1.0; epoch=e${epoch}; features=${features.join(',')}`);
      }
      return response;
    },
    restart() {
      epoch += 1;
      restartedAt = clock.now();
      remembered = new Map();
      for (const run of runs) run.drop('reset');
    },
  };
}

/** Whether a task that ended so goes on with this: never where it failed, and first of all with the results it asked for, all of them (PROTOCOL.md 7.3 to 8.2). */
function takes(end: Moment, body: unknown): boolean {
  if (end.kind !== 'done') return false;
  const { message } = body as { message: { parts: readonly { kind: string; tool_call_id?: string }[] } };
  const results = message.parts.filter(({ kind }) => kind === 'tool_result').map((part) => part.tool_call_id);
  return (
    results.sort().join() ===
    end.calls
      .map(({ id }) => id)
      .sort()
      .join()
  );
}

/** The error envelope of our proxy. */
function refusal(status: number, code: string, processed: 'no' | 'unknown' = 'no'): Response {
  return Response.json({ error: { code, message: 'Refused.', request_id: 'r1', processed } }, { status });
}

/** The whole answer at once. */
export function says(...moments: readonly Moment[]): (run: ScriptedRun) => void {
  return (run) => run.say(...moments);
}
