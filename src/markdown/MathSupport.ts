import type { ComponentType } from 'react';

/** How formulas are found in a text and shown. `agent-chat-widget/math` has one. */
export interface MathSupport {
  /**
   * What the last line of a formula matches that begins with `line` and goes on over whole lines; `undefined` where none begins. `paragraph`: the lines
   * above that it would otherwise continue.
   */
  readonly closing: (line: string, paragraph?: readonly string[]) => RegExp | undefined;
  /**
   * How long the formula at `at` in running text is: 0 where there is none, `Infinity` where that depends on what follows (only if `isOpen`: more will
   * follow). Further text must not change another answer than `Infinity`.
   */
  readonly measure: (source: string, at: number, isOpen: boolean) => number;
  readonly Formula: ComponentType<FormulaProps>;
}

/** What a formula is drawn from. */
export interface FormulaProps {
  /** As it was written, with what encloses it. */
  readonly source: string;
  /** More of it will follow. */
  readonly isOpen?: boolean;
  /** Of a formula that is a block of its own. */
  readonly className?: string;
}
