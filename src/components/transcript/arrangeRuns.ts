/** Up to so many messages the document has them all, so that the browser's find, a selection and screen readers do too. */
const WHOLE = 1000;
/** The browser skips what is out of view run by run: with one box per message, asking each of them would cost more than what streams. */
const MESSAGES_PER_RUN = 8;
/** Of a longer conversation the document always has so many of the newest runs. */
export const NEWEST = 25;
/** Of a message that was never drawn, as the stylesheet has it. In CSS pixels. */
const UNSEEN_HEIGHT = 120;

/** Messages next to each other. */
export interface Run {
  readonly key: string;
  readonly ids: readonly string[];
}

/** One child of the list: a run, or a space as high as the runs that are left out of the document between two others. */
export interface Place {
  readonly key: string;
  /** Where the run, or the first one that is left out, stands among all. */
  readonly first: number;
  /** How many runs it stands for. */
  readonly count: number;
  readonly isSpace: boolean;
  /** In CSS pixels; of a run only where it had been left out. */
  readonly height: number | undefined;
}

/** Where the messages of a conversation stand. */
export interface Arrangement {
  readonly ids: readonly string[];
  readonly isLong: boolean;
  readonly runs: readonly Run[];
  /** Of the runs that have been left out, by key. */
  readonly heights: ReadonlyMap<string, number>;
  readonly places: readonly Place[];
}

/** Puts messages into runs. None changes its run as others come and go around it, because then its row would be made anew. */
export function arrangeRuns(ids: readonly string[], before?: Arrangement): Arrangement {
  const known = new Map(before?.runs.map((run) => [run.key, run]));
  const keys = new Map(before?.runs.flatMap((run) => run.ids.map((id) => [id, run.key])));
  const lastKnown = ids.findLastIndex((id) => keys.has(id));
  const members = new Map<string, string[]>();
  let key = '';
  ids.forEach((id, index) => {
    const own = keys.get(id);
    const isFull = (members.get(key)?.length ?? MESSAGES_PER_RUN) >= MESSAGES_PER_RUN;
    // What comes in between belongs to the run before it, and so does what comes back to another place.
    if (own ? own !== key && !members.has(own) : isFull && (index > lastKnown || key === ''))
      key = own ?? `${index} ${id}`;
    members.set(key, [...(members.get(key) ?? []), id]);
  });
  const runs = [...members].map(([each, its]): Run => {
    const earlier = known.get(each);
    return earlier && String(earlier.ids) === String(its) ? earlier : { key: each, ids: its };
  });
  const isLong = ids.length > WHOLE;
  const wasLeftOut = new Set(before && leftOutOf(before));
  const isLeftOut = (run: Run): boolean => (known.has(run.key) ? wasLeftOut.has(run.key) : isLong);
  const leftOut = runs.slice(0, -NEWEST).filter(isLeftOut);
  const heights = new Map(leftOut.map((run) => [run.key, run.ids.length * UNSEEN_HEIGHT]));
  return leaveOut(
    { ids, isLong, runs, heights: new Map([...heights, ...(before?.heights ?? [])]), places: [] },
    new Set(leftOut.map((run) => run.key)),
  );
}

/** The keys of the runs that have no rows in the document. */
export function leftOutOf({ runs, places }: Pick<Arrangement, 'runs' | 'places'>): readonly string[] {
  return places.flatMap(({ isSpace, first, count }) =>
    isSpace ? runs.slice(first, first + count).map((run) => run.key) : [],
  );
}

/** The same with spaces in place of the runs of these keys, whose heights are known. */
export function leaveOut(arrangement: Arrangement, leftOut: ReadonlySet<string>): Arrangement {
  const places: Place[] = [];
  arrangement.runs.forEach(({ key }, first) => {
    const isSpace = leftOut.has(key);
    const height = arrangement.heights.get(key);
    const last = places.at(-1);
    if (!isSpace || !last?.isSpace)
      // Named after its first run: rows keep their elements because no two spaces ever change places.
      places.push({ key: isSpace ? `space ${key}` : key, first, count: 1, isSpace, height });
    else places[places.length - 1] = { ...last, count: last.count + 1, height: last.height! + height! };
  });
  return { ...arrangement, places };
}
