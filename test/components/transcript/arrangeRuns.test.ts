import { describe, expect, it } from 'vitest';
import { arrangeRuns, leaveOut, type Arrangement } from '../../../src/components/transcript/arrangeRuns.js';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `m${index}`);
const members = ({ runs }: Arrangement): readonly (readonly string[])[] => runs.map(({ ids }) => ids);
const homeOf = ({ runs }: Arrangement, id: string): string => runs.find(({ ids }) => ids.includes(id))!.key;

describe('arrangeRuns', () => {
  it('fills one run after the other, and leaves those before the last as they are', () => {
    const before = arrangeRuns(numbered(17));
    expect(members(before).map(({ length }) => length)).toEqual([8, 8, 1]);
    const after = arrangeRuns(numbered(18), before);
    expect(after.runs.slice(0, 2).every((run, index) => run === before.runs[index])).toBe(true);
    expect(after.runs[2]).toEqual({ key: before.runs[2]!.key, ids: ['m16', 'm17'] });
  });

  it('changes the run of none when others come between or leave', () => {
    const before = arrangeRuns(numbered(20));
    const ids = numbered(20).filter((id) => id !== 'm0' && id !== 'm3');
    ids.splice(ids.indexOf('m8'), 0, 'new1', 'new2');
    ids.unshift('first');
    const after = arrangeRuns(ids, before);
    expect(members(after).flat()).toEqual(ids);
    for (const id of numbered(20).filter((each) => ids.includes(each))) {
      expect(homeOf(after, id), id).toBe(homeOf(before, id));
    }
    expect(new Set(after.runs.map(({ key }) => key)).size).toBe(after.runs.length);
  });

  it('keeps the order where one goes to the end, which is a new row there', () => {
    const before = arrangeRuns(numbered(20));
    const ids = [...numbered(20).filter((id) => id !== 'm8'), 'm8'];
    const after = arrangeRuns(ids, before);
    expect(members(after).flat()).toEqual(ids);
    expect(new Set(after.runs.map(({ key }) => key)).size).toBe(after.runs.length);
  });

  it('shows all of 1,000 messages, and of more that are restored the newest 200 below one space', () => {
    expect(arrangeRuns(numbered(1000)).places.every(({ isSpace }) => !isSpace)).toBe(true);
    const { places } = arrangeRuns(numbered(1008));
    expect(places).toHaveLength(26);
    expect(places[0]).toMatchObject({ first: 0, count: 101, isSpace: true, height: 808 * 120 });
  });

  it('takes nothing out of the document by itself when a conversation becomes long', () => {
    const after = arrangeRuns(numbered(1001), arrangeRuns(numbered(1000)));
    expect(after.places.every(({ isSpace }) => !isSpace)).toBe(true);
  });

  it('remembers what is left out, and the heights of runs that come back', () => {
    const before = arrangeRuns(numbered(400));
    const [first, second] = before.runs;
    const heights = new Map([
      [first!.key, 500],
      [second!.key, 700],
    ]);
    const away = leaveOut({ ...before, heights }, new Set([first!.key, second!.key]));
    expect(away.places[0]).toMatchObject({ count: 2, isSpace: true, height: 1200 });
    const longer = arrangeRuns(numbered(401), away);
    expect(longer.places[0]).toEqual(away.places[0]);
    expect(leaveOut(longer, new Set()).places[1]).toMatchObject({ key: second!.key, isSpace: false, height: 700 });
  });
});
