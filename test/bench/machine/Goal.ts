import type { Browser } from 'playwright-core';
import type { Table } from './printTable.js';

/** One thing that is promised, and how it is measured. One file in `goals` each, found by being there. */
export interface Goal {
  /** What is typed to run it alone: `G1`. */
  readonly id: string;
  readonly title: string;
  run(surroundings: Surroundings): Promise<Outcome>;
}

export interface Surroundings {
  readonly browser: Browser;
  /** Where the page of the subjects is served. */
  readonly url: string;
  /** How often everything is measured, all subjects in turn each time. */
  readonly repetitions: number;
  /** Says what is being done, for those who wait. */
  readonly report: (progress: string) => void;
  /** Notes that a subject did not do its work, so that its numbers would mean nothing. To be slow is no failure. */
  readonly onFailure: (subject: string, thrown: unknown) => void;
}

export interface Outcome {
  readonly tables: readonly Table[];
  readonly checks: readonly Check[];
}

/** One number against its goal. */
export interface Check {
  readonly claim: string;
  readonly measured: string;
  readonly isMet: boolean;
}
