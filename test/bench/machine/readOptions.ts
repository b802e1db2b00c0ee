export interface BenchOptions {
  /** The ids of the goals that were asked for; none means all. */
  readonly goals: readonly string[];
  readonly repetitions: number;
  readonly isQuick: boolean;
}

const REPETITIONS = 7;
const QUICK_REPETITIONS = 3;

/** `npm run bench -- G1 G5 --quick`. @throws Error for an option that does not exist. */
export function readOptions(parameters: readonly string[]): BenchOptions {
  const isQuick = parameters.includes('--quick');
  const unknown = parameters.find((parameter) => parameter.startsWith('-') && parameter !== '--quick');
  if (unknown !== undefined) throw new Error(`${unknown} is no option of the bench. There is only --quick.`);
  const goals = parameters.filter((parameter) => !parameter.startsWith('-'));
  return { goals, isQuick, repetitions: isQuick ? QUICK_REPETITIONS : REPETITIONS };
}
