import { indexOfMessage } from '../../core/conversationState.js';
import { NEWEST, type MessagePlace } from '../MessageList.js';
import { isHeld } from './isHeld.js';
import { messagesInView } from './messagesInView.js';

/** Rows are put into the document this far from what is in view, in messages, … */
const AHEAD = 20;
/** … and taken out beyond this. */
const BEHIND = 60;
/** How many may be added before it is looked whether others can go. */
const SLACK = 100;
/** What the stylesheet says of a row that was never drawn. In CSS pixels. */
const UNSEEN_HEIGHT = 104;

/** Which messages of a long conversation are in the document, and what stands for the others. */
export interface LongTranscript {
  /** @param shown - the ids of the messages that have a row. */
  arrange(ids: readonly string[], shown: ReadonlySet<string>): readonly MessagePlace[];
  /**
   * Follows the reader and the conversation. Nothing that is in view moves: a space is as high as the rows that it stands for.
   *
   * @param list - has one child for each place.
   * @param show - is told which messages are to have a row from now on.
   * @returns the undoing.
   */
  watch(
    list: HTMLElement,
    scroller: HTMLElement,
    getIds: () => readonly string[],
    show: (ids: Set<string>) => void,
  ): () => void;
}

export function createLongTranscript(): LongTranscript {
  /** Of rows that were in the document, in CSS pixels. */
  const heights = new Map<string, number>();

  function spaceFor(ids: readonly string[]): MessagePlace {
    const height = ids.reduce((sum, id) => sum + (heights.get(id) ?? UNSEEN_HEIGHT), 0);
    const blockSize = `calc(${height}px + ${ids.length - 1} * var(--ac-message-gap))`;
    // Named after its first message: rows keep their elements because no two spaces ever change places.
    return { key: `space ${ids[0]}`, style: { blockSize } };
  }

  return {
    arrange(ids, shown) {
      const places: MessagePlace[] = [];
      let omitted: string[] = [];
      for (const id of ids) {
        if (!shown.has(id)) {
          omitted.push(id);
          continue;
        }
        if (omitted.length > 0) places.push(spaceFor(omitted));
        omitted = [];
        const height = heights.get(id);
        // Until it is drawn the browser would take it to be as high as any.
        const style = height === undefined ? undefined : { containIntrinsicBlockSize: `auto ${height}px` };
        places.push({ key: id, messageId: id, style });
      }
      return places;
    },

    watch(list, scroller, getIds, show) {
      let most = 0;

      function look(): void {
        const ids = getIds();
        const view = messagesInView(list, scroller, ids);
        if (!view || (!view.hasSpace && list.childElementCount <= most)) return;
        const isWithin = (position: number, distance: number): boolean =>
          position >= view.first - distance && position <= view.last + distance;
        const oldest = ids.length - NEWEST;
        const shown = new Set(ids.filter((_, position) => position >= oldest || isWithin(position, AHEAD)));
        for (const row of list.querySelectorAll<HTMLElement>(':scope > [data-message-id]')) {
          const id = row.dataset.messageId!;
          if (shown.has(id)) continue;
          if (isWithin(indexOfMessage(ids, id), BEHIND) || isHeld(row)) shown.add(id);
          else heights.set(id, row.getBoundingClientRect().height);
        }
        most = shown.size + SLACK;
        show(shown);
      }

      const observer = new ResizeObserver(look);
      observer.observe(list);
      observer.observe(scroller);
      scroller.addEventListener('scroll', look, { passive: true });
      return () => {
        observer.disconnect();
        scroller.removeEventListener('scroll', look);
      };
    },
  };
}
