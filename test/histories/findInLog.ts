import type { ScriptedRun } from '../faults/support/scriptedRun.js';
import type { World } from './createWorld.js';
import type { Deeds } from './deeds.js';

const MAX_ATTEMPTS = 4;

/** I2, I5: at most one delivery of each message; after a Stop the next one waits until the task takes it. */
export function findSecondPosts({ log, attempts, backend }: World, { stopped, retried }: Deeds): readonly string[] {
  const failures: string[] = [];
  // What comes a second time and is known by its key only gets the answer to the first.
  const delivered = backend.runs.map(({ messageId }) => messageId);
  const again = delivered.filter((id, index) => delivered.indexOf(id) !== index);
  if (again.length > 0) failures.push(`I2: delivered more than once: ${again.join()}`);
  const counts = new Map<string, number>();
  for (const { messageId, tab } of attempts) {
    if (messageId !== null) counts.set(`${messageId} by ${tab}`, (counts.get(`${messageId} by ${tab}`) ?? 0) + 1);
  }
  for (const [name, count] of counts) {
    if (count > MAX_ATTEMPTS * (1 + retried)) failures.push(`I7: ${name} was attempted ${count} times`);
  }
  for (const [name, from] of stopped) {
    const isOwn =
      log.slice(0, from.log).findLast(({ kind, status }) => kind === 'send' && status === 200)?.tab === name;
    const next = log.slice(from.log).find(({ kind, tab }) => kind === 'send' && tab === name);
    const hasAsked = attempts.slice(from.attempts).some(({ kind, tab }) => kind === 'poll' && tab === name);
    if (next?.status === 409 && isOwn && !hasAsked)
      failures.push(`I5: ${name} sent after a Stop without asking for the task`);
  }
  return failures;
}

/** I8: a tool of the page's runs once per call, and not unasked where a person has to be asked. */
export function findSecondRuns({ tools, backend }: World, { rerunsAllowed, allowed }: Deeds): readonly string[] {
  const failures: string[] = [];
  for (const id of new Set(tools.ran)) {
    const count = tools.ran.filter((each) => each === id).length;
    if (count > 1 + (rerunsAllowed.get(id) ?? 0)) failures.push(`I8: ${id} ran ${count} times`);
  }
  for (const id of tools.askedFor) if (!allowed.has(id)) failures.push(`I8: ${id} ran unasked`);
  const known = new Set(backend.runs.flatMap((run) => callsOf(run)));
  for (const id of tools.ran) if (!known.has(id)) failures.push(`I8: nobody asked for ${id}`);
  return failures;
}

function callsOf({ moments }: ScriptedRun): readonly string[] {
  return moments.flatMap((moment) => (moment.kind === 'done' ? moment.calls.map(({ id }) => id) : []));
}
