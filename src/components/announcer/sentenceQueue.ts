/** Which parts of an answer are spoken: each sentence once it is complete, or the whole answer once it is done. */
export type AnnounceMode = 'sentences' | 'done';

/** Turns an answer that grows by tokens into few announcements. */
export interface SentenceQueue {
  /** Tells the whole markdown of an answer so far. Says what is new in it. */
  follow(answerId: string, text: string, isDone: boolean): void;
  /** Marks a text as heard, so that a restored history is not read aloud. */
  skip(answerId: string, text: string): void;
  /** Queues one notice, such as "Can't connect". */
  notify(notice: string): void;
  /** Forgets what waits and stops the timer. */
  dispose(): void;
}

export interface SentenceQueueOptions {
  readonly say: (announcement: string) => void;
  /** How a piece of markdown is read aloud. Default: as it is. */
  readonly toSpeech?: (markdown: string) => string;
  /** Default `'sentences'`. */
  readonly mode?: AnnounceMode;
  /** The least time between two announcements, in milliseconds. Default 2000. */
  readonly gap?: number;
}

// A sentence ends at its mark plus white space: "3.5" and "example.com" have none after the dot, and the number of a list's item is read with it. CJK marks need none.
const SENTENCE_END = /(?<!^\s*\d+)[.!?…؟]["'”’)\]*_]*\s|[。！？]|\n/gmu;

/**
 * A queue for a live region. Screen readers cut off or repeat regions that change with every token; this speaks completed sentences, in order,
 * not more often than every `gap` milliseconds, and no character twice, also where a snapshot replaces the text that was streamed.
 */
export function createSentenceQueue({
  say,
  toSpeech = (text) => text,
  mode = 'sentences',
  gap = 2000,
}: SentenceQueueOptions): SentenceQueue {
  const heard = new Map<string, number>();
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    const announcement = waiting.join(' ').replace(/\s+/g, ' ').trim();
    waiting = [];
    if (announcement === '') return;
    say(announcement);
    timer = setTimeout(flush, gap);
  }

  function enqueue(text: string): void {
    if (text.trim() === '') return;
    waiting.push(text);
    // Not at once even after a long silence: what changes in the same task belongs into one announcement.
    timer ??= setTimeout(flush, 0);
  }

  return {
    follow(answerId, text, isDone) {
      const from = heard.get(answerId) ?? 0;
      const to = isDone ? text.length : mode === 'done' ? from : from + lengthOfSentences(text.slice(from));
      if (to <= from) return;
      heard.set(answerId, to);
      enqueue(toSpeech(text.slice(from, to)));
    },
    skip(answerId, text) {
      heard.set(answerId, Math.max(heard.get(answerId) ?? 0, text.length));
    },
    notify: enqueue,
    dispose() {
      clearTimeout(timer);
      timer = undefined;
      waiting = [];
    },
  };
}

function lengthOfSentences(text: string): number {
  const ends = Array.from(text.matchAll(SENTENCE_END), (match) => match.index + match[0].length);
  const end = ends.findLast((each) => isWhole(text.slice(0, each))) ?? 0;
  // Cutting inside an open code block would make the next piece begin in the middle of code.
  const fences = [...text.slice(0, end).matchAll(/^\s*(?:`{3,}|~{3,})/gm)];
  const open = fences.length % 2 === 1 ? fences.at(-1) : undefined;
  return open ? open.index : end;
}

/** Whether no link, emphasis or code is open at the end: one that is cut in two is read with its marks, and a link with its address. */
function isWhole(text: string): boolean {
  const paragraph = text.slice(text.trimEnd().lastIndexOf('\n\n') + 1);
  const rest = paragraph
    .replace(/`{3,}[^`]*`{3,}|`[^`\n]*`/g, '')
    .replace(/\[[^\]]*\]\([^)\n]*\)/g, '')
    .replace(/\*\*|__/g, '')
    .replace(/(?<!\w)[*_](?=\S)[^*_]*[*_]/g, '');
  return !/`|\[[^\]]*$|\]\([^)]*$|(?<!\w)[*_](?=\S)/.test(rest);
}
