import { describe } from 'vitest';
import { table, type Level, type RowId } from '../table.js';
import { wires, type Wire } from './wire.js';

/** The tests of a row at one level, on every wire. */
export function row(id: RowId, level: Level, tests: (wire: Wire) => void): void {
  const fault = table.find((each) => each.id === id)?.fault;
  if (fault === undefined) throw new Error(`${id} is not in the fault table.`);
  for (const wire of wires) describe(`${id} ${level} ${wire.name}: ${fault}`, () => tests(wire));
}
