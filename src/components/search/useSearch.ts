import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { findMatches, type Match } from './findMatches.js';
import { scrollToMatch } from './scrollToMatch.js';
import { useCommitEffect } from '../controls/useCommitEffect.js';
import { useHighlights } from './useHighlights.js';

export interface Search {
  readonly count: number;
  /** Counted from 0; −1 where nothing was found. */
  readonly position: number;
  /** Goes `steps` matches on; behind the last comes the first. */
  readonly go: (steps: number) => void;
}

const NONE: readonly Match[] = [];

/** Finds words in the transcript, marks them, and brings the reader to one after the other, from the newest. Follows what is added meanwhile. */
export function useSearch(words: string, transcriptRef: RefObject<HTMLElement | null>): Search {
  const conversation = useConversation();
  const [{ matches, position }, setFound] = useState({ matches: NONE, position: -1 });

  const look = useCallback(
    (isNew: boolean) => {
      const transcript = transcriptRef.current;
      if (!transcript) return;
      const { messages } = conversation.getState();
      const next = findMatches(transcript, messages, words);
      setFound((before) => {
        const from = isNew || before.position < 0 ? next.length - 1 : Math.min(before.position, next.length - 1);
        return { matches: next, position: from };
      });
    },
    [conversation, words, transcriptRef],
  );
  // Before the next key: on preact, effects wait for the next frame, and an Enter that is faster would be forgotten.
  useCommitEffect(() => {
    look(true);
    const transcript = transcriptRef.current;
    if (!transcript) return undefined;
    // An answer that streams changes with every frame; nobody reads search results that fast.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new MutationObserver(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        look(false);
      }, 250);
    });
    observer.observe(transcript, { subtree: true, childList: true, characterData: true });
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [look, transcriptRef]);

  const current = matches[position];
  const ranges = useMemo(() => matches.flatMap(({ range }) => (range ? [range] : [])), [matches]);
  useHighlights(ranges, current?.range ?? null);

  // Where the reader is brought changes with the words and with each step, not with what is added.
  const place = current && `${words} ${position} ${current.messageId} ${current.range === null}`;
  useEffect(() => {
    if (current && transcriptRef.current)
      scrollToMatch(transcriptRef.current, current, conversation.getState().messageIds);
  }, [place]);

  return {
    count: matches.length,
    position,
    go: (steps) =>
      setFound((before) => {
        const count = before.matches.length;
        return count === 0 ? before : { ...before, position: (before.position + steps + count) % count };
      }),
  };
}
