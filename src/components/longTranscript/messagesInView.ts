import { indexOfMessage } from '../../core/conversationState.js';

/** Positions in the conversation. */
export interface MessagesInView {
  readonly first: number;
  readonly last: number;
  /** Whether some of them have no row. */
  readonly hasSpace: boolean;
}

/** The messages that are in view or less than a screen away from it; `null` where nothing can be seen, as in a closed panel. */
export function messagesInView(
  list: HTMLElement,
  scroller: HTMLElement,
  ids: readonly string[],
): MessagesInView | null {
  const view = scroller.getBoundingClientRect();
  if (view.height === 0) return null;
  const top = view.top - view.height;
  const bottom = view.bottom + view.height;
  const places = [...list.children] as HTMLElement[];
  const from = firstOf(places, (place) => place.getBoundingClientRect().bottom > top);
  const to = firstOf(places, (place) => place.getBoundingClientRect().top >= bottom);
  const near = places.slice(from, to);
  if (near.length === 0) return null;
  return {
    first: positionAt(top, near[0]!, ids),
    last: positionAt(bottom, near.at(-1)!, ids),
    hasSpace: near.some((place) => place.dataset.messageId === undefined),
  };
}

/** Of elements below each other the first that is far enough down; a few measurements find it among hundreds. */
function firstOf(places: readonly HTMLElement[], isThere: (place: HTMLElement) => boolean): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isThere(places[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The message at a height of the screen: of a row its own, of a space the one that would be there if all were equally high. */
function positionAt(height: number, place: Element, ids: readonly string[]): number {
  const own = positionOf(place, ids);
  if (own >= 0) return own;
  const first = positionOf(place.previousElementSibling, ids) + 1;
  const next = positionOf(place.nextElementSibling, ids);
  const count = (next < 0 ? ids.length : next) - first;
  const box = place.getBoundingClientRect();
  const share = Math.min(Math.max((height - box.top) / box.height, 0), 1);
  return first + Math.min(Math.floor(share * count), count - 1);
}

function positionOf(place: Element | null, ids: readonly string[]): number {
  return indexOfMessage(ids, (place as HTMLElement | null)?.dataset.messageId ?? '');
}
