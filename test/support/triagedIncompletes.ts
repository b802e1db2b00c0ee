import type { Result } from 'axe-core';

/** What axe cannot decide, and what a person found when looking at it. */
const TRIAGED: readonly {
  readonly rule: string;
  /** Absent where axe gives none. */
  readonly reason?: string;
  /** The only story in which it is so. Default: any. */
  readonly story?: string;
  readonly matches: RegExp;
  readonly verdict: string;
}[] = [
  {
    rule: 'color-contrast',
    reason: 'elmPartiallyObscuring',
    matches: /^<(bdi|span class="ac-md-code)/,
    verdict:
      'A text that wraps, or is scrolled sideways: its box reaches beyond its lines, and nothing else is behind them.',
  },
  // Too short, too strange a letter, or scrolled out of its box.
  ...['shortTextContent', 'nonBmp', 'elmPartiallyObscured'].map((reason) => ({
    rule: 'color-contrast',
    reason,
    matches: /^<m[ino][ >]/,
    verdict: 'The letters of a formula have the colour of the text around it, and nothing else is behind them.',
  })),
  ...['bgOverlap', 'shortTextContent', 'emptyValue'].map((reason) => ({
    rule: 'color-contrast',
    reason,
    story: 'shell--files-dragged',
    matches: /^</,
    verdict: 'All of it is hidden below the words that say where files can be dropped.',
  })),
  {
    rule: 'color-contrast',
    story: 'shell--files-dragged',
    matches: /^<div class="ac-drop"/,
    verdict: 'The pointer goes through it, so axe does not find it; `npm run screenshots` measures it.',
  },
  ...['bgOverlap', 'elmPartiallyObscured'].map((reason) => ({
    rule: 'color-contrast',
    reason,
    story: 'markdown--long-list-and-table',
    matches: /^<td class="ac-md-cell"/,
    verdict:
      'Rows that the browser skips while they are out of view: until they are drawn it guesses where they are, one over another.',
  })),
  {
    rule: 'video-caption',
    matches: /^<video class="ac-file-video"/,
    verdict: 'A film that somebody sent: the wire has no captions for it, and its own are shown by the player.',
  },
];

/** Whether a person has looked at every place that axe was not sure of. */
export function isTriaged({ id, nodes }: Result, inStory?: string): boolean {
  return nodes.every(({ html, any, all, none }) =>
    TRIAGED.some(
      ({ rule, reason, story = inStory, matches }) =>
        rule === id &&
        story === inStory &&
        matches.test(html) &&
        [...any, ...all, ...none].every(({ data }) => (data as { messageKey?: string } | null)?.messageKey === reason),
    ),
  );
}
