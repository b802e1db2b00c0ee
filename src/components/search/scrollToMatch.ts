import type { Match } from './findMatches.js';

/** Brings a match to the middle of the transcript; one whose message is not in the document, to where its message will be. */
export function scrollToMatch(scroller: HTMLElement, match: Match, messageIds: readonly string[]): void {
  const view = scroller.getBoundingClientRect();
  const { top, bottom } = match.range?.getBoundingClientRect() ?? placeOf(scroller, match.messageId, messageIds);
  if (match.range && top >= view.top + MARGIN && bottom <= view.bottom - MARGIN) return;
  scroller.scrollTop += (top + bottom) / 2 - (view.top + view.bottom) / 2;
}

const MARGIN = 24;

/** Between the rows that stand around it, as far down as its place among those that are left out. */
function placeOf(scroller: HTMLElement, messageId: string, ids: readonly string[]): Pick<DOMRect, 'top' | 'bottom'> {
  const rows = new Map(
    [...scroller.querySelectorAll<HTMLElement>('[data-message-id]')].map((row) => [row.dataset['messageId'], row]),
  );
  const index = ids.indexOf(messageId);
  let before = index - 1;
  while (before >= 0 && !rows.has(ids[before])) before -= 1;
  let after = index + 1;
  while (after < ids.length && !rows.has(ids[after])) after += 1;
  const { top, height } = scroller.getBoundingClientRect();
  const start = rows.get(ids[before])?.getBoundingClientRect().bottom ?? top - scroller.scrollTop;
  const end = rows.get(ids[after])?.getBoundingClientRect().top ?? start + height;
  const middle = start + ((end - start) * (index - before)) / (after - before);
  return { top: middle, bottom: middle };
}
