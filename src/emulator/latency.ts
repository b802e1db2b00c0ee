import type { Random } from './random.js';

/** How long things take, in milliseconds. */
export interface Latency {
  /** Until the first part of an answer. */
  readonly first: number;
  /** Between two deltas: least and most. */
  readonly delta: readonly [number, number];
  /** A tool that the server runs. */
  readonly tool: number;
}

/** `realistic`: about as fast as a hosted model writes. A number: that many milliseconds everywhere. */
export type LatencyOption = 'realistic' | number | Latency;

/** The pace behind an option. */
export function toLatency(option: LatencyOption): Latency {
  if (option === 'realistic') return { first: 350, delta: [20, 40], tool: 450 };
  if (typeof option === 'number') return { first: option, delta: [option, option], tool: option };
  return option;
}

/** How long until the next delta. */
export function deltaPause(latency: Latency, random: Random): number {
  const [least, most] = latency.delta;
  return most <= least ? least : Math.round(least + random() * (most - least));
}
