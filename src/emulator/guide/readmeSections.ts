/** A piece of a section that makes sense when quoted alone. */
export interface Block {
  readonly kind: 'prose' | 'list' | 'table' | 'code';
  /** Markdown as written, but for images and links inside the document. */
  readonly text: string;
}

/** What stands under one heading, up to the next. */
export interface Section {
  readonly id: number;
  /** Without markup. Empty for what stands before the first heading. */
  readonly heading: string;
  /** 1 for `#`. */
  readonly level: number;
  /** Headings above this one, outermost first, the document's title left out. */
  readonly parents: readonly string[];
  readonly blocks: readonly Block[];
  /** Sections below this one, all levels. None for the document's title, which would hold everything. */
  readonly descendants: readonly number[];
}

/** The sections of a markdown document, in order. Headings inside code fences are code. */
export function readmeSections(markdown: string): Section[] {
  const drafts: { heading: string; level: number; lines: string[] }[] = [];
  let fence: string | null = null;
  for (const line of markdown.replace(/<!--[\s\S]*?-->/g, '').split(/\r?\n/)) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null && mark !== undefined) fence = mark;
    else if (fence !== null && mark !== undefined && mark.startsWith(fence)) fence = null;
    const heading = fence === null ? /^\s{0,3}(#{1,6})\s+(.+?)\s*#*\s*$/.exec(line) : null;
    if (heading !== null) {
      drafts.push({ heading: plainText(heading[2] ?? ''), level: (heading[1] ?? '').length, lines: [] });
    } else if (drafts.length > 0) drafts.at(-1)?.lines.push(line);
    else if (line.trim() !== '') drafts.push({ heading: '', level: 1, lines: [line] });
  }
  return drafts.map((draft, id) => ({
    id,
    heading: draft.heading,
    level: draft.level,
    parents: parentsOf(drafts, id),
    blocks: splitBlocks(draft.lines),
    descendants: draft.level === 1 ? [] : descendantsOf(drafts, id),
  }));
}

/** Text without the marks of markdown: links become their label. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .replace(/[*_`~]+/g, (marks) => (marks.includes('_') && marks.length === 1 ? '_' : ''))
    .replace(/\s+/g, ' ')
    .trim();
}

function parentsOf(drafts: readonly { heading: string; level: number }[], id: number): string[] {
  const parents: string[] = [];
  let level = drafts[id]?.level ?? 1;
  for (let index = id - 1; index >= 0 && level > 2; index--) {
    const draft = drafts[index];
    if (draft === undefined || draft.level >= level) continue;
    level = draft.level;
    if (level > 1) parents.unshift(draft.heading);
  }
  return parents;
}

function descendantsOf(drafts: readonly { level: number }[], id: number): number[] {
  const level = drafts[id]?.level ?? 1;
  const found: number[] = [];
  for (let index = id + 1; index < drafts.length; index++) {
    if ((drafts[index]?.level ?? 1) <= level) break;
    found.push(index);
  }
  return found;
}

function splitBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let current: string[] = [];
  let fence: string | null = null;
  const flush = (): void => {
    const text = current.join('\n').trimEnd();
    const kind = kindOf(text);
    if (text.trim() !== '' && !isDecoration(text))
      blocks.push({ kind, text: kind === 'code' ? text : withoutDeadLinks(text) });
    current = [];
  };
  for (const line of lines) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      current.push(line);
      if (mark?.startsWith(fence) === true) {
        fence = null;
        flush();
      }
    } else if (mark !== undefined && !/^\s/.test(line)) {
      flush();
      fence = mark;
      current.push(line);
    } else if (line.trim() === '') {
      flush();
    } else {
      current.push(line);
    }
  }
  flush();
  return blocks;
}

function kindOf(text: string): Block['kind'] {
  if (/^\s*(`{3,}|~{3,})/.test(text)) return 'code';
  if (/^\s*\|/.test(text)) return 'table';
  return /^\s*([-*+]|\d+[.)])\s/.test(text) ? 'list' : 'prose';
}

// A link to another place of the README leads nowhere from a chat.
function withoutDeadLinks(text: string): string {
  return text.replace(/!\[[^\]]*\]\([^)]*\)\s*/g, '').replace(/\[([^\]]+)\]\((?!https?:|mailto:)[^)]*\)/g, '$1');
}

// Badges, images, rules and bare HTML tags say nothing when quoted.
function isDecoration(text: string): boolean {
  return kindOf(text) !== 'code' && (plainText(text) === '' || /^\s*([-*_]\s*){3,}$/.test(text));
}
