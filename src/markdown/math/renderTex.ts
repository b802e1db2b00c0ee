import type { ReactElement } from 'react';
import temml from 'temml';
import { toElement, type TreeNode } from './toElement.js';

/** Longer formulas are shown as they were written, in characters. */
const maxLength = 4000;
/** How often a command of TeX may stand for others in one formula. */
const maxExpand = 200;
/** The largest measure that a formula may name: in em, and in points. */
const maxSize = [20, 300];

// Definitions end with the formula, so nobody needs them; they could make a few characters stand for millions.
const definition = /\\(?:[egx]?def|let|futurelet|(?:re)?newcommand|providecommand|DeclareMathOperator)(?![a-z])/i;

// Its types leave this out, which is its documented way to other output than strings.
const { __renderToMathMLTree: toTree } = temml as unknown as {
  __renderToMathMLTree(tex: string, options: object): TreeNode;
};

/** A formula as MathML elements; `undefined` where it cannot be read, or would do more than be shown. */
export function renderTex(tex: string, isDisplay: boolean): ReactElement | string | undefined {
  if (tex.length > maxLength || definition.test(tex)) return undefined;
  try {
    return toElement(toTree(tex, { displayMode: isDisplay, throwOnError: true, trust: false, maxExpand, maxSize }));
  } catch {
    return undefined;
  }
}
