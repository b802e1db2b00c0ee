import { unescapeText } from './entities.js';

/** What stands after a link's text: its target, `undefined` where there is none, or a target whose end is missing. */
export type LinkTarget = { readonly href: string; readonly end: number } | 'incomplete' | undefined;

/** Longest title that is looked for; titles are read over, not shown. */
const maxTitle = 1000;
const maxParentheses = 32;

const angled = /<((?:\\.|[^<>\\\n])*)>/y;
const startOfAngled = /<(?:\\.|[^<>\\\n])*\\?$/y;
const spaces = /[ \t]*\n?[ \t]*/y;

/**
 * Reads `(destination "title")`, where `start` is the place of the opening parenthesis. `'incomplete'` means that the
 * source ended while it still could be one. Titles are dropped: they would be text that appears on hover only, in the
 * words of the agent and in the looks of the browser.
 */
export function readLinkTarget(source: string, start: number): LinkTarget {
  let at = skipSpaces(source, start + 1);
  let href: string;
  if (source[at] === '<') {
    angled.lastIndex = at;
    const match = angled.exec(source);
    startOfAngled.lastIndex = at;
    if (!match) return startOfAngled.test(source) ? 'incomplete' : undefined;
    href = match[1]!;
    at += match[0].length;
  } else {
    const end = endOfBareDestination(source, at);
    if (end === undefined) return undefined;
    href = source.slice(at, end);
    at = end;
  }
  const afterSpaces = skipSpaces(source, at);
  if (afterSpaces === source.length) return 'incomplete';
  if (source[afterSpaces] === ')') return { href: unescapeText(href), end: afterSpaces + 1 };
  return afterSpaces === at ? undefined : readTitle(source, afterSpaces, unescapeText(href));
}

function readTitle(source: string, start: number, href: string): LinkTarget {
  const open = source[start];
  const close = open === '(' ? ')' : open;
  if (close !== '"' && close !== "'" && close !== ')') return undefined;
  for (let at = start + 1; at <= start + maxTitle; at++) {
    if (at >= source.length) return 'incomplete';
    if (source[at] === '\\') at++;
    else if (source[at] === close) {
      const end = skipSpaces(source, at + 1);
      if (end === source.length) return 'incomplete';
      return source[end] === ')' ? { href, end: end + 1 } : undefined;
    }
  }
  return undefined;
}

/** Parentheses in a destination must be balanced; white space ends it. */
function endOfBareDestination(source: string, start: number): number | undefined {
  let depth = 0;
  let at = start;
  for (; at < source.length; at++) {
    const character = source[at]!;
    if (character <= ' ' || character === '\x7f') break;
    if (character === '\\') at++;
    else if (character === '(' && ++depth > maxParentheses) return undefined;
    else if (character === ')' && --depth < 0) break;
  }
  // A backslash may have been the last character; what it would escape is still to come.
  if (at >= source.length) return source.length;
  return depth > 0 ? undefined : at;
}

function skipSpaces(source: string, start: number): number {
  spaces.lastIndex = start;
  return start + (spaces.exec(source)?.[0].length ?? 0);
}
