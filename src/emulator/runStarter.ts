import type { Agent } from './agentRegistry.js';
import type { Clock } from './clock.js';
import { createEventLog } from './eventLog.js';
import { createIds, type Ids } from './ids.js';
import type { Latency } from './latency.js';
import { createPendingReviews } from './pendingReviews.js';
import { iterateSteps, playScenario } from './playScenario.js';
import type { Profile } from './profile.js';
import { createRandom } from './random.js';
import type { RequestBody } from './requestBody.js';
import { createRunRecorder } from './runRecorder.js';
import type { Refusal } from './step.js';
import type { Run, Task } from './task.js';
import { createTurn } from './createTurn.js';
import type { WireMessage } from './wire.js';

/** Begins runs. */
export interface RunStarter {
  /**
   * Starts the run that answers `body` and lets it play by itself.
   *
   * @param previous the task that is continued; `undefined` begins a conversation.
   * @returns the task, or the agent's refusal, in which case nothing has happened.
   */
  start(agent: Agent, body: RequestBody, previous: Task | undefined): Promise<{ task: Task } | { refusal: Refusal }>;
}

export interface RunStarterOptions {
  readonly seed: string;
  readonly clock: Clock;
  readonly latency: Latency;
  readonly profile: Profile;
  readonly signal: AbortSignal;
  /** Called before the first event, so that the task can be polled as soon as its id is known. */
  readonly onTask: (task: Task, previous: Task | undefined) => void;
}

export function createRunStarter({ seed, clock, latency, profile, signal, onTask }: RunStarterOptions): RunStarter {
  let runs = 0;
  return {
    async start(agent, body, previous) {
      // Each run has a generator of its own: runs at the same time cannot disturb each other's bytes.
      const random = createRandom(`${seed}:run:${runs++}`);
      const ids = createIds(random, clock);
      const message: WireMessage = {
        messageId: body.message.messageId ?? ids.ulid(),
        role: body.message.role,
        parts: body.message.parts,
      };
      const history = previous === undefined ? [] : [...previous.history, previous.run.message, ...previous.run.output];
      const id = previous !== undefined && profile.taskId === 'same' ? previous.id : ids.ulid();
      const task: Task = {
        id,
        agentKey: agent.manifest.key,
        contextId: previous?.contextId ?? ids.uuid(),
        history,
        run: createRun(agent, message, ids, clock),
        isContinued: false,
      };
      const turn = createTurn({
        agentKey: agent.manifest.key,
        body,
        message,
        history,
        previous,
        taskId: id,
        random,
        reviews: task.run.reviews.decided,
        signal,
      });

      const steps = iterateSteps(agent.scenario(turn));
      const first = await firstStep(steps);
      if (first.done !== true && first.value.step === 'refuse') {
        await steps.return?.();
        return { refusal: first.value.refusal };
      }
      onTask(task, previous);
      const recorder = createRunRecorder({
        run: task.run,
        history,
        ids,
        clock,
        // A stream shows no tool_call part, so there the pending id has to be the valid one.
        differentPendingIds: profile.toolCallIds === 'different' && !body.stream,
      });
      recorder.start(id);
      void playScenario(first, steps, { recorder, latency, clock, random, reviews: task.run.reviews, signal });
      return { task };
    },
  };
}

// A scenario that throws at once fails its run, not the request.
async function firstStep(steps: ReturnType<typeof iterateSteps>): Promise<Awaited<ReturnType<typeof steps.next>>> {
  try {
    return await steps.next();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { done: false, value: { step: 'fail', error: message, code: 500 } };
  }
}

function createRun(agent: Agent, message: WireMessage, ids: Ids, clock: Clock): Run {
  return {
    responseId: ids.ulid(),
    traceId: ids.ulid(),
    spanId: ids.ulid(),
    assistantMessageId: ids.ulid(),
    createdAt: new Date(clock.now()).toISOString(),
    model: agent.manifest.model.id,
    message,
    log: createEventLog(),
    reviews: createPendingReviews(),
    state: 'submitted',
    output: [],
    pending: [],
    usage: null,
    finishReason: null,
    failure: null,
  };
}
