import { cpus } from 'node:os';
import { chromium } from 'playwright-core';
import { wholeBrowser } from '../support/chromium.js';
import type { Goal, Outcome } from './machine/Goal.js';
import { printTable } from './machine/printTable.js';
import { readOptions } from './machine/readOptions.js';
import { startPages } from './machine/startPages.js';

const goals = Object.values(import.meta.glob<{ readonly default: Goal }>('./goals/*.ts', { eager: true })).map(
  (module) => module.default,
);

/** Measures what was asked for and prints it. @returns the exit code: 1 where a subject did not do its work. A goal that was missed is a result. */
export async function bench(parameters: readonly string[]): Promise<number> {
  const { goals: wanted, repetitions, isQuick } = readOptions(parameters);
  const unknown = wanted.find((id) => !goals.some((goal) => goal.id === id));
  if (unknown !== undefined)
    throw new Error(`There is no goal ${unknown}; there are ${goals.map(({ id }) => id).join(', ')}.`);
  const chosen = goals.filter(({ id }) => wanted.length === 0 || wanted.includes(id));

  const pages = await startPages();
  const browser = await chromium.launch(wholeBrowser);
  console.log(`# Bench\n
Main-thread CPU time; medians of ${repetitions} interleaved repetitions, ratios taken within each.${isQuick ? ' QUICK: fewer than the 7 that count.' : ''}
Chromium ${browser.version()}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}.`);
  const outcomes: [Goal, Outcome][] = [];
  const failures: string[] = [];
  try {
    for (const goal of chosen) {
      const report = (progress: string): void => void process.stderr.write(`${goal.id}: ${progress}\n`);
      const onFailure = (subject: string, thrown: unknown): void => {
        failures.push(
          `${goal.id}: ${subject} did not do its work. ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        );
      };
      const outcome = await goal.run({ browser, url: pages.url, repetitions, report, onFailure });
      outcomes.push([goal, outcome]);
      console.log(`\n## ${goal.id}: ${goal.title}\n\n${outcome.tables.map(printTable).join('\n\n')}`);
    }
  } finally {
    await browser.close();
    await pages.close();
  }
  const checks = outcomes.flatMap(([{ id }, outcome]) => outcome.checks.map((check) => ({ id, ...check })));
  const rows = checks.map(({ id, claim, measured, isMet }) => [id, claim, measured, isMet ? 'met' : 'missed']);
  console.log(`\n## All goals\n\n${printTable({ head: ['', 'goal', 'measured', ''], rows })}`);
  const missed = checks
    .filter(({ isMet }) => !isMet)
    .map(({ id, claim, measured }) => `- ${id}: ${claim}; ${measured}`);
  console.log(`\n${missed.length === 0 ? 'All of them are met.' : ['Missed:', ...missed].join('\n')}`);
  for (const failure of failures) console.error(failure);
  return failures.length === 0 ? 0 : 1;
}
