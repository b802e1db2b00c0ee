import { leaveOut, NEWEST, type Arrangement } from '../arrangeRuns.js';
import { isHeld } from './isHeld.js';
import { runsInView } from './runsInView.js';

/** Runs are put into the document this far from what is in view, … */
const AHEAD = 3;
/** … and taken out beyond this. */
const BEHIND = 8;
/** How many may be added before it is looked whether others can go. */
const SLACK = 12;

/**
 * Follows the reader of a long conversation. Nothing that is in view moves: a space is as high as the runs that it stands for.
 *
 * @param list - has one child for each place.
 * @param rearrange - is told how to change the arrangement.
 * @returns the undoing.
 */
export function watchTranscript(
  list: HTMLElement,
  scroller: HTMLElement,
  getArrangement: () => Arrangement,
  rearrange: (change: (before: Arrangement) => Arrangement) => void,
): () => void {
  let most = 0;

  function look(): void {
    const { runs, places } = getArrangement();
    const view = runsInView(list, scroller, places);
    if (!view || (!view.hasSpace && places.length <= most)) return;
    const isWithin = (position: number, distance: number): boolean =>
      position >= view.first - distance && position <= view.last + distance;
    const oldest = runs.length - NEWEST;
    const leftOut = new Set<string>();
    const heights = new Map<string, number>();
    places.forEach(({ first, count, isSpace }, index) => {
      const element = list.children[index]!;
      for (const [offset, { key }] of runs.slice(first, first + count).entries()) {
        if (isSpace ? isWithin(first + offset, AHEAD) : isWithin(first, BEHIND) || first >= oldest || isHeld(element))
          continue;
        leftOut.add(key);
        if (!isSpace) heights.set(key, element.getBoundingClientRect().height);
      }
    });
    most = runs.length - leftOut.size + SLACK;
    rearrange((before) => leaveOut({ ...before, heights: new Map([...before.heights, ...heights]) }, leftOut));
  }

  const observer = new ResizeObserver(look);
  observer.observe(list);
  observer.observe(scroller);
  scroller.addEventListener('scroll', look, { passive: true });
  return () => {
    observer.disconnect();
    scroller.removeEventListener('scroll', look);
  };
}
