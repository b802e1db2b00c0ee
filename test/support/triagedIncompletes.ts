import type { Result } from 'axe-core';

/** What axe cannot decide, and what a person found when looking at it. */
const TRIAGED: readonly {
  readonly rule: string;
  /** Absent where axe gives none. */
  readonly reason?: string;
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
  {
    rule: 'video-caption',
    matches: /^<video class="ac-file-video"/,
    verdict: 'A film that somebody sent: the wire has no captions for it, and its own are shown by the player.',
  },
];

/** Whether a person has looked at every place that axe was not sure of. */
export function isTriaged({ id, nodes }: Result): boolean {
  return nodes.every(({ html, any, all, none }) =>
    TRIAGED.some(
      ({ rule, reason, matches }) =>
        rule === id &&
        matches.test(html) &&
        [...any, ...all, ...none].every(({ data }) => (data as { messageKey?: string } | null)?.messageKey === reason),
    ),
  );
}
