import type { Inline } from './block.js';
import { readEntity } from './entities.js';
import { findBareUrls } from './findBareUrls.js';
import { inlineText } from './inlineText.js';
import type { MathSupport } from './MathSupport.js';
import { normalizeLabel } from './normalizeLabel.js';
import { readLinkTarget } from './readLinkTarget.js';
import { resolveDelimiters, type Piece } from './resolveDelimiters.js';

export interface InlineContext {
  /** Destination of a link definition, by normalised label; of a footnote (`^label`) its block's key and its number: `120 1`. */
  readonly findDefinition: (label: string) => string | undefined;
  /** More text may follow this source. */
  readonly isOpen: boolean;
  /** Finds formulas. */
  readonly math?: MathSupport | undefined;
}

/**
 * Longest text of a link. A `[` that is not closed within it is only a bracket, so an open text waits for the rest of a
 * link for a bounded time.
 */
const maxLabel = 400;

const plain = /[^\\`*_~[\]!<&\n$]+/y;
const codeFence = /`+/g;
const autolink = /<(?:([a-z][a-z\d+.-]{1,31}:[^\s<>]*)|([\w.!#$%&'*+/=?^{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)*))>/iy;
const startOfAutolink = /<(?:[a-z][a-z\d+.-]{0,31}(?::[^\s<>]*)?|[\w.!#$%&'*+/=?^{|}~-]*(?:@[a-z\d.-]*)?)$/iy;
const tag =
  /<(?:\/[a-z][a-z\d-]*\s*|[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']{0,999}'|"[^"]{0,999}"))?)*\s*\/?|!--[^]{0,999}?--|\?[^]{0,999}?\?|![a-z][^>]{0,999})>/iy;
const startOfEntity = /&#?[a-z\d]{0,31}$/iy;
const reference = /\[((?:\\.|[^[\]\\])*)\]/y;
const footnote = /\[\^([^\s[\]]{1,100})\]/y;
const whitespace = /\s/;
const punctuation = /[\p{P}\p{S}]/u;

interface Bracket {
  /** Place of the bracket among the pieces. */
  readonly piece: number;
  /** Place of the text after it in the source. */
  readonly start: number;
  readonly isImage: boolean;
  /** A link may hold no link, so a bracket before one is only a bracket. */
  canLink: boolean;
}

/**
 * Reads running text: emphasis, code, links, images, bare URLs, line breaks. Raw HTML stays text, as written.
 *
 * An open source is read so that no later character can take back what is shown: what could still become markup (the
 * asterisks or the half of a link at its end) is left out, what is surely markup but unclosed is closed at the end.
 * Only a code span that turns out never to be closed gives its content back to the other rules.
 */
export function parseInlines(text: string, { findDefinition, isOpen, math }: InlineContext): Inline[] {
  const source = text.trim();
  const pieces: Piece[] = [];
  const brackets: Bracket[] = [];
  const urls = findBareUrls(source);
  /** Lengths of backtick runs known not to occur again. */
  const missingFences = new Set<number>();
  let at = 0;
  let nextUrl = 0;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const push = (piece: Piece, length: number): void => {
    pieces.push(piece);
    at += length;
  };
  /** Leaves out everything from a piece on: what it is, later characters decide. */
  const hold = (piece = pieces.length): void => {
    pieces.length = piece;
    at = source.length;
  };

  const readCode = (): void => {
    const fence = runLength('`');
    const start = at + fence;
    if (isOpen && start === source.length) return hold();
    if (!missingFences.has(fence)) {
      codeFence.lastIndex = start;
      for (let close = codeFence.exec(source); close; close = codeFence.exec(source)) {
        if (close[0].length !== fence) continue;
        return push(
          { type: 'code', text: codeText(source.slice(start, close.index)) },
          close.index + 2 * fence - start,
        );
      }
      missingFences.add(fence);
    }
    if (!isOpen) return push('`'.repeat(fence), fence);
    const code = codeText(source.slice(start).replace(/`+$/, ''), true);
    push({ type: 'code', text: code }, source.length - at);
  };

  const readDelimiter = (character: string): void => {
    const length = runLength(character);
    const end = at + length;
    if (isOpen && end === source.length) return hold();
    // A single tilde is "about" far more often than it is a strike.
    if (character === '~' && length !== 2) return push(character.repeat(length), length);
    const before = at === 0 ? ' ' : characterBefore(source, at);
    const after = end === source.length ? ' ' : String.fromCodePoint(source.codePointAt(end)!);
    const isLeft = !whitespace.test(after) && (!punctuation.test(after) || isBoundary(before));
    const isRight = !whitespace.test(before) && (!punctuation.test(before) || isBoundary(after));
    const opens = isLeft && (character !== '_' || !isRight || punctuation.test(before));
    const closes = isRight && (character !== '_' || !isLeft || punctuation.test(after));
    push({ type: 'delimiter', character, length, opens, closes }, length);
  };

  const runLength = (character: string): number => {
    let end = at;
    while (source[end] === character) end++;
    return end - at;
  };

  const closeBracket = (): void => {
    const bracket = brackets.pop();
    const label = bracket ? source.slice(bracket.start, at) : '';
    if (!bracket || !bracket.canLink || label.length > maxLabel) return push(']', 1);
    const target = readTarget(label);
    if (target === 'incomplete') return hold(bracket.piece);
    if (!target) return push(']', 1);
    const children = resolveDelimiters(pieces.splice(bracket.piece).slice(1), false);
    at = target.end;
    if (bracket.isImage) {
      pieces.push({ type: 'image', source: target.href, alternative: inlineText(children) });
      return;
    }
    pieces.push({ type: 'link', href: target.href, children });
    for (
      let index = brackets.length - 1;
      index >= 0 && (brackets[index]!.isImage || brackets[index]!.canLink);
      index--
    ) {
      if (!brackets[index]!.isImage) brackets[index]!.canLink = false;
    }
  };

  const readTarget = (label: string): ReturnType<typeof readLinkTarget> => {
    const next = source[at + 1];
    if (next === undefined && isOpen) return 'incomplete';
    if (next === '(') {
      const target = readLinkTarget(source, at + 1);
      if (target && (target !== 'incomplete' || isOpen)) return target;
    }
    reference.lastIndex = at + 1;
    const second = reference.exec(source);
    if (!second && next === '[' && isOpen && source.length - at < maxLabel) return 'incomplete';
    const name = second?.[1] || label;
    // A footnote is none of these.
    if (name[0] === '^' || (!second?.[1] && /(?<!\\)[[\]]/.test(label))) return undefined;
    const href = findDefinition(normalizeLabel(name));
    return href === undefined ? undefined : { href, end: at + 1 + (second?.[0].length ?? 0) };
  };

  const readOther = (character: string): void => {
    switch (character) {
      case '\\': {
        const next = source[at + 1];
        if (next === undefined && isOpen) return hold();
        if (next === '\n') return push({ type: 'break' }, 2);
        return next && /[!-/:-@[-`{-~]/.test(next) ? push(next, 2) : push('\\', 1);
      }
      case '!':
        if (isOpen && at + 1 === source.length) return hold();
        if (source[at + 1] !== '[') return push('!', 1);
        brackets.push({ piece: pieces.length, start: at + 2, isImage: true, canLink: true });
        return push('![', 2);
      case '[': {
        const note = match(footnote);
        const found =
          note &&
          findDefinition(`^${normalizeLabel(note[1]!)}`)
            ?.split(' ')
            .map(Number);
        if (found) return push({ type: 'footnote', target: found[0]!, number: found[1]! }, note[0].length);
        brackets.push({ piece: pieces.length, start: at + 1, isImage: false, canLink: true });
        return push('[', 1);
      }
      case ']':
        return closeBracket();
      case '&': {
        const entity = readEntity(source, at);
        if (isOpen && match(startOfEntity)) return hold();
        return entity ? push(entity.text, entity.end - at) : push('&', 1);
      }
      case '<': {
        const link = match(autolink);
        const text = link?.[1] ?? link?.[2];
        if (text)
          return push({ type: 'link', href: (link![1] ? '' : 'mailto:') + text, children: [text] }, text.length + 2);
        const html = match(tag)?.[0];
        if (html) return push(html, html.length);
        return isOpen && match(startOfAutolink) ? hold() : push('<', 1);
      }
      default: {
        // A line break: its spaces are not text, two before it make it a hard one.
        const before = pieces.at(-1);
        const isHard = typeof before === 'string' && before.endsWith('  ');
        if (typeof before === 'string') pieces[pieces.length - 1] = before.trimEnd();
        const spaces = match(/\n[ \t]*/y)![0].length;
        return push(isHard ? { type: 'break' } : '\n', spaces);
      }
    }
  };

  while (at < source.length) {
    while (nextUrl < urls.length && urls[nextUrl]!.start < at) nextUrl++;
    const url = urls[nextUrl];
    if (url?.start === at) {
      // Inside brackets it may be the text of a link, whose end is not the URL's.
      const bracket = brackets.length > 0 ? source.indexOf(']', at) : -1;
      const end = bracket < 0 ? url.end : Math.min(url.end, bracket);
      const shown = source.slice(at, end);
      if (isOpen && url.isAtEnd && end === url.end) {
        const sure = shown.replace(/&\w*$/, '');
        push(sure, sure.length);
      } else push({ type: 'link', href: url.prefix + shown, children: [shown] }, shown.length);
      continue;
    }
    const run = match(plain)?.[0];
    if (run) {
      const length = url ? Math.min(run.length, url.start - at) : run.length;
      push(run.slice(0, length), length);
      continue;
    }
    const character = source[at]!;
    const formula = math?.measure(source, at, isOpen);
    if (formula) {
      if (formula > source.length) hold();
      else push({ type: 'code', text: source.slice(at, at + formula), isFormula: true }, formula);
    } else if (character === '`') readCode();
    else if (character === '$') push(character.repeat(runLength(character)), runLength(character));
    else if (character === '*' || character === '_' || character === '~') readDelimiter(character);
    else readOther(character);
  }

  if (isOpen) {
    const undecided = brackets.find(({ canLink, start }) => canLink && source.length - start <= maxLabel);
    if (undecided) pieces.length = Math.min(pieces.length, undecided.piece);
  }
  return resolveDelimiters(pieces, isOpen);
}

function codeText(text: string, isOpen = false): string {
  const line = text.replace(/\n/g, ' ');
  if (isOpen) return line.startsWith(' ') && line.trim() ? line.slice(1) : line;
  return /^ .* $/.test(line) && line.trim() ? line.slice(1, -1) : line;
}

function isBoundary(character: string): boolean {
  return whitespace.test(character) || punctuation.test(character);
}

function characterBefore(source: string, at: number): string {
  const isPair = at > 1 && /[\udc00-\udfff]/.test(source[at - 1]!);
  return source.slice(at - (isPair ? 2 : 1), at);
}
