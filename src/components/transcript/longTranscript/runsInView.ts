import type { Place } from '../arrangeRuns.js';

/** Positions among the runs. */
export interface RunsInView {
  readonly first: number;
  readonly last: number;
  /** Whether one of them has no rows. */
  readonly hasSpace: boolean;
}

/** The runs that are in view or less than a screen away from it; `null` where nothing can be seen, as in a closed panel. */
export function runsInView(list: HTMLElement, scroller: HTMLElement, places: readonly Place[]): RunsInView | null {
  const view = scroller.getBoundingClientRect();
  if (view.height === 0) return null;
  const top = view.top - view.height;
  const bottom = view.bottom + view.height;
  const elements = [...list.children].slice(0, places.length);
  const from = firstOf(elements, (element) => element.getBoundingClientRect().bottom > top);
  const to = firstOf(elements, (element) => element.getBoundingClientRect().top >= bottom);
  if (from >= to) return null;
  return {
    first: positionAt(top, elements[from]!, places[from]!),
    last: positionAt(bottom, elements[to - 1]!, places[to - 1]!),
    hasSpace: places.slice(from, to).some(({ isSpace }) => isSpace),
  };
}

/** Of elements below each other the first that is far enough down; a few measurements find it among hundreds. */
function firstOf(elements: readonly Element[], isThere: (element: Element) => boolean): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isThere(elements[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The run at a height of the screen; of a space the one that would be there if all were equally high. */
function positionAt(height: number, element: Element, { first, count }: Place): number {
  const box = element.getBoundingClientRect();
  const share = Math.min(Math.max((height - box.top) / box.height, 0), 1);
  return first + Math.min(Math.floor(share * count), count - 1);
}
