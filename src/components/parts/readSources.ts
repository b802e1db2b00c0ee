import type { AgentMessage, ToolCallPart } from '../../core/message.js';
import { safeUrl } from '../../markdown/safeUrl.js';

/** Something that an answer is based on. */
export interface Source {
  /** What it is called. Default: its address. */
  readonly title?: string | undefined;
  /** Its address; one that is no web page is left out. */
  readonly url?: string | undefined;
}

/** The service's own tools that look things up (PROTOCOL.md section 10), behind a provider's prefix or not. */
const SEARCHES = /(?:^|[:./])(?:google_search|web_search|web_scraper|file_search|query_knowledge_base)$/;
const ADDRESSES = ['url', 'uri', 'link', 'source_url', 'source'] as const;
const FILE_NAMES = ['file_name', 'filename', 'document_name'] as const;
const TITLES = ['title', 'name', ...FILE_NAMES] as const;
const MOST_VALUES = 2000;
const MOST_SOURCES = 50;

/**
 * The pages and files that the searches of an answer found. The v2 wire carries no citations, and the shape of what its searches return is not written down: whatever has an
 * address, or a file's name, counts.
 */
export function readSources(message: AgentMessage): readonly Source[] {
  const found = new Map<string, Source>();
  let left = MOST_VALUES;
  for (const part of message.parts) {
    if (part.kind !== 'tool_call' || !isSearch(part)) continue;
    const waiting: unknown[] = [part.arguments, parse(part.result)];
    // Breadth first, and counted: what a tool returns may be of any depth.
    for (const value of waiting) {
      if ((left -= 1) < 0 || typeof value !== 'object' || value === null) continue;
      const source = Array.isArray(value) ? null : toSource(value);
      const key = source?.url ?? source?.title;
      if (source && key !== undefined && !found.has(key) && found.size < MOST_SOURCES) found.set(key, source);
      waiting.push(...Object.values(value).map(parse).slice(0, left));
    }
  }
  return [...found.values()];
}

function isSearch({ toolName, state }: ToolCallPart): boolean {
  return state === 'done' && toolName !== undefined && SEARCHES.test(toolName);
}

function toSource(value: object): Source | null {
  const url = firstText(value, ADDRESSES, (text) => safeUrl(text)?.startsWith('http') === true);
  const title = firstText(value, url === undefined ? FILE_NAMES : TITLES, (text) => text.trim() !== '');
  if (url === undefined && title === undefined) return null;
  return { url: url === undefined ? undefined : (safeUrl(url) ?? undefined), title };
}

function firstText(value: object, names: readonly string[], isFit: (text: string) => boolean): string | undefined {
  const texts = names.map((name) =>
    Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined,
  );
  return texts.find((text): text is string => typeof text === 'string' && isFit(text));
}

/** Tools often return JSON as text. */
function parse(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
