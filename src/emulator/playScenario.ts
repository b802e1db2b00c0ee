import type { Clock } from './clock.js';
import { deltaPause, type Latency } from './latency.js';
import type { Random } from './random.js';
import type { RunRecorder } from './runRecorder.js';
import { splitDeltas } from './splitDeltas.js';
import type { PendingReviews } from './pendingReviews.js';
import type { Step, ToolCall } from './step.js';
import type { WireFinishReason } from './wire.js';

/** The stage on which a scenario plays. */
export interface Stage {
  readonly recorder: RunRecorder;
  readonly latency: Latency;
  readonly clock: Clock;
  readonly random: Random;
  readonly reviews: PendingReviews;
  readonly signal: AbortSignal;
}

/**
 * Plays `first` and the rest of the steps to the end. The run always settles: a scenario that throws fails it with 500.
 */
export async function playScenario(first: IteratorResult<Step>, rest: StepIterator, stage: Stage): Promise<void> {
  const { recorder } = stage;
  try {
    await pause(stage.latency.first, stage);
    let finishReason: WireFinishReason | null = null;
    let hasClientCall = false;
    for (let next = first; next.done !== true; next = await rest.next()) {
      const step = next.value;
      if (step.step === 'fail') {
        recorder.fail(step.error, step.code);
        return;
      }
      if (step.step === 'refuse') {
        recorder.fail('The emulated agent refused in the middle of its answer.', step.refusal.status);
        return;
      }
      if (step.step === 'finish') {
        finishReason = step.reason;
        break;
      }
      hasClientCall ||= step.step === 'callClientTool';
      await playStep(step, stage);
    }
    recorder.finish(hasClientCall ? 'function_call' : (finishReason ?? 'stop'));
  } catch (error) {
    recorder.fail(error instanceof Error ? error.message : String(error), 500);
  } finally {
    await rest.return?.();
  }
}

/** The steps of a scenario, whichever way it yields them. */
export interface StepIterator {
  next(): IteratorResult<Step> | Promise<IteratorResult<Step>>;
  return?(): unknown;
}

/** The steps of a scenario's iterable. */
export function iterateSteps(steps: Iterable<Step> | AsyncIterable<Step>): StepIterator {
  return Symbol.asyncIterator in steps ? steps[Symbol.asyncIterator]() : steps[Symbol.iterator]();
}

async function playStep(step: Step, stage: Stage): Promise<void> {
  const { recorder } = stage;
  switch (step.step) {
    case 'say':
      return playText('text', step.text, stage);
    case 'reason':
      return playText('reasoning', step.text, stage);
    case 'requestReview': {
      const toolCallId = recorder.reviewRequested(step.name, step.arguments ?? {});
      const review = await stage.reviews.ask(toolCallId, step.name, stage.signal);
      recorder.reviewDone(step.name, toolCallId, review);
      if (review === 'rejected') return recorder.toolFailed(toolCallId, 'Rejected by reviewer');
      return playTool(step, stage, toolCallId);
    }
    case 'callTool':
      return playTool(step, stage);
    case 'callClientTool':
      return recorder.clientTool(step.name, step.arguments ?? {});
    case 'attach':
      return recorder.part({ kind: 'file', file: step.file });
    case 'data':
      return recorder.part({
        kind: 'data',
        data: step.data,
        ...(step.metadata !== undefined && { metadata: step.metadata }),
      });
    case 'wait':
      return pause(step.ms, stage);
    case 'disconnect':
      // A socket that dies takes with it what it has not sent yet.
      await pause(FLUSH_MS, stage);
      return recorder.disconnect(step.clean);
    case 'finish':
    case 'fail':
    case 'refuse':
      return; // End a run; played above.
  }
}

async function playTool(call: ToolCall, stage: Stage, reviewedId?: string): Promise<void> {
  const { recorder, latency } = stage;
  const toolCallId = recorder.toolStarted(call.name, call.arguments ?? {}, reviewedId);
  await pause(call.ms ?? latency.tool, stage);
  if (call.error === undefined) recorder.toolDone(toolCallId, call.result ?? null);
  else recorder.toolFailed(toolCallId, call.error);
}

async function playText(kind: 'text' | 'reasoning', text: string, stage: Stage): Promise<void> {
  for (const delta of splitDeltas(text, stage.random)) {
    stage.recorder.delta(kind, delta);
    await pause(deltaPause(stage.latency, stage.random), stage);
  }
}

async function pause(ms: number, stage: Stage): Promise<void> {
  stage.signal.throwIfAborted();
  if (ms > 0) await stage.clock.sleep(ms, stage.signal);
}

const FLUSH_MS = 20;
