import fc from 'fast-check';
import type { Clock } from '../../src/core/clock.js';
import {
  callPage,
  done,
  failed,
  review,
  started,
  text,
  textDone,
  type ClientCall,
  type Moment,
} from '../faults/support/moment.js';
import type { ScriptedRun } from '../faults/support/scriptedRun.js';

/** What an agent does with a message, and how long it takes. */
export interface AnswerPlan {
  readonly ends: 'done' | 'failed' | 'calls' | 'review';
  /** Milliseconds before its first word. */
  readonly thinking: number;
  /** Milliseconds from word to word. */
  readonly pace: number;
  readonly words: number;
  /** Which tools of the page's it asks for, where it does. */
  readonly tools: readonly ToolName[];
}

export const TOOL_NAMES = ['look', 'change', 'slow', 'broken', 'unknown'] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** How long an agent waits for a person. */
const REVIEW_MS = 90_000;

const oneOf = <T>(...weighted: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> =>
  fc.oneof(...weighted.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

export const answerPlans: fc.Arbitrary<AnswerPlan> = fc.record({
  ends: oneOf<AnswerPlan['ends']>([10, 'done'], [5, 'calls'], [2, 'review'], [1, 'failed']),
  thinking: oneOf([24, 0], [16, 300], [8, 8_000], [4, 70_000], [1, 700_000]),
  pace: oneOf([5, 0], [4, 50], [3, 900], [1, 15_000]),
  words: fc.integer({ min: 3, max: 6 }),
  tools: fc.array(oneOf<ToolName>([4, 'look'], [3, 'change'], [2, 'slow'], [1, 'broken'], [1, 'unknown']), {
    minLength: 1,
    maxLength: 2,
  }),
});

/** Comes after the others, so that no agent asks for tools for ever. */
export const PLAIN_ANSWER: AnswerPlan = { ends: 'done', thinking: 0, pace: 0, words: 3, tools: [] };

/** The words of one answer: no other has the same. */
function wordsOf(run: ScriptedRun, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${run.speaker.responseId}w${index} `);
}

/** Plays it. @returns what goes on with it once a person has decided. */
export function play({ ends, thinking, pace, words, tools }: AnswerPlan, run: ScriptedRun, clock: Clock): () => void {
  const said = wordsOf(run, words);
  const callOf = (name: ToolName, index: number): ClientCall => ({
    ...{ id: `${run.speaker.responseId}call${index}`, name, arguments: { n: index } },
  });
  const whole = textDone(said.join(''));
  let isDecided = false;
  const decide = (): void => {
    if (isDecided) return;
    isDecided = true;
    run.say(whole, done);
  };
  const ending: Readonly<Record<AnswerPlan['ends'], readonly Moment[]>> = {
    done: [whole, done],
    calls: [whole, callPage(...tools.map(callOf))],
    review: [review(`${run.speaker.responseId}review`)],
    failed: [failed()],
  };
  const steps: (readonly Moment[])[] = [[started], ...said.map((word) => [text(word)])];
  const go = (): void => {
    const step = steps.shift();
    if (!step) {
      run.say(...ending[ends]);
      if (ends === 'review') clock.after(REVIEW_MS, decide);
      return;
    }
    run.say(...step);
    if (pace > 0) clock.after(pace, go);
    else go();
  };
  if (thinking > 0) clock.after(thinking, go);
  else go();
  return decide;
}
