import { describe } from 'vitest';
import { pending, table, type Level, type RowId } from '../table.js';
import { wires, type Wire } from './wire.js';

/** The tests of a row at one level, on every wire. */
export function row(id: RowId, level: Level, tests: (wire: Wire) => void): void {
  const fault = table.find((each) => each.id === id)?.fault;
  if (fault === undefined) throw new Error(`${id} is not in the fault table.`);
  for (const wire of wires) describe(`${id} ${level} ${wire.name}: ${fault}`, () => tests(wire));
}

/** Tests of a row that may have to wait: while the table says for what, only `FAULTS_PENDING=1` runs them. */
export function pendingRow(id: RowId, level: Level, tests: (wire: Wire) => void): void {
  if (pending[`${id} ${level}`] === undefined || process.env['FAULTS_PENDING'] === '1') row(id, level, tests);
}
