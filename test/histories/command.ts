import fc from 'fast-check';
import { answerPlans, PLAIN_ANSWER, type AnswerPlan } from './answerPlan.js';
import { faultKinds, type FaultName } from './faultKinds.js';

/** One thing that happens: to a tab, to the network, to the proxy or to the disk. `tab` counts modulo the tabs that are open. */
export type Command = { readonly tab: number; readonly pick: number; readonly gap: number } & (
  | { readonly kind: 'fault'; readonly fault: FaultName; readonly at: number; readonly times: number }
  | { readonly kind: CommandName }
);

const WEIGHTS = {
  // What a visitor does.
  send: 22,
  type: 3,
  stop: 4,
  retry: 3,
  resend: 3,
  edit: 2,
  approve: 4,
  reject: 1,
  'submit a result': 2,
  reset: 2,
  'open another conversation': 2,
  rename: 1,
  delete: 1,
  // Who is there.
  'same identity': 1,
  'somebody else': 1,
  'log out': 1,
  // What becomes of pages.
  reload: 6,
  'open a tab': 3,
  'close a tab': 2,
  'crash a tab': 2,
  'leave and come back': 2,
  'unmount and mount': 1,
  'look again': 1,
  // What happens around them.
  wait: 8,
  offline: 2,
  online: 3,
  'restart the proxy': 2,
  'fill the disk': 1,
  'break the disk': 1,
  'mend the disk': 2,
} as const;

export type CommandName = keyof typeof WEIGHTS;

/** Everything about a world that is decided before anything happens in it. */
export interface Setting {
  /** What stands in front of the agent: our proxy, our proxy without replay, or nothing of ours. */
  readonly backend: 'proxy' | 'proxy without replay' | 'plain Orq';
  /** How many milliseconds the disk takes. */
  readonly latency: number;
  /** Who is there at first; `null`: nobody in particular. */
  readonly person: string | null;
  /** Where chance begins: ids and waits. The same falls out the same. */
  readonly chance: number;
  /** Without tools of the page's, calls wait for somebody to submit a result. */
  readonly hasTools: boolean;
  /** What the agent does with its first, second, third message, and so on from the first again. */
  readonly answers: readonly AnswerPlan[];
}

export interface History {
  readonly setting: Setting;
  readonly commands: readonly Command[];
}

/** Milliseconds until the next command; −1: at once, in the same breath. */
const gaps = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, -1) },
  { weight: 3, arbitrary: fc.constantFrom(20, 400, 1_500) },
  { weight: 1, arbitrary: fc.constantFrom(6_000, 25_000) },
);
const common = { tab: fc.nat(2), pick: fc.nat(5), gap: gaps };
const faultNames = Object.keys(faultKinds) as FaultName[];

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.record({
      ...common,
      kind: fc.constant('fault' as const),
      fault: fc.constantFrom(...faultNames),
      at: fc.nat(5),
      times: fc.constantFrom(1, 1, 1, 2, 5),
    }),
  },
  ...Object.entries(WEIGHTS).map(([kind, weight]) => ({
    weight,
    arbitrary: fc.record({ ...common, kind: fc.constant(kind as CommandName) }),
  })),
);

const MIN_COMMANDS = 10;
const MAX_COMMANDS = 40;

export const histories: fc.Arbitrary<History> = fc.record({
  setting: fc.record({
    backend: fc.constantFrom<Setting['backend']>('proxy', 'proxy', 'proxy without replay', 'plain Orq'),
    latency: fc.constantFrom(0, 0, 8, 120),
    person: fc.constantFrom(null, 'ann'),
    chance: fc.nat(0xffff),
    hasTools: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    answers: fc.array(answerPlans, { maxLength: 5 }).map((plans) => [...plans, PLAIN_ANSWER]),
  }),
  // Cut down to what fails, a history may be shorter than those that are played.
  commands: fc.array(commands, { minLength: MIN_COMMANDS, maxLength: MAX_COMMANDS, size: 'max' }),
});

/** A history as a person reads it. */
export function describeHistory({ setting, commands: given }: History): string {
  const { answers, ...rest } = setting;
  const lines = given.map((command, index) => {
    const { kind, tab, pick, gap } = command;
    const what = command.kind === 'fault' ? `${command.fault} (at ${command.at}, × ${command.times})` : kind;
    return `${String(index + 1).padStart(2)}. ${what}  [tab ${tab}, pick ${pick}, then ${gap < 0 ? 'at once' : `${gap} ms`}]`;
  });
  return [JSON.stringify(rest), ...answers.map((answer) => JSON.stringify(answer)), ...lines].join('\n');
}
