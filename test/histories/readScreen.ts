import { ENGLISH as english } from '../../src/components/language/english.js';
import { findAll, readMarkup, textOf, type Element } from './markup.js';

/** A message as it is read off the page. */
export interface ShownMessage {
  readonly id: string;
  readonly isOwn: boolean;
  readonly text: string;
  /** Of the visitor's: what is said about its delivery. Of the agent's: how it ended. */
  readonly mark: 'none' | 'queued' | 'sending' | 'uncertain' | 'failed' | 'stopped';
  /** Why, in words. */
  readonly notice: string;
  /** Text that still grows. */
  readonly isGrowing: boolean;
  /** Its tools, one line each. */
  readonly calls: readonly string[];
  /** What a person is asked to allow. */
  readonly reviews: readonly string[];
}

/** What somebody sees who looks at the widget. */
export interface Screen {
  readonly messages: readonly ShownMessage[];
  readonly composer: string;
  /** Whatever says that something is still going on: Stop, the dots, a sentence about the connection. */
  readonly busy: readonly string[];
}

const byRole = (role: string, name?: string) => (element: Element) =>
  element.attributes['role'] === role && (name === undefined || element.attributes['aria-label'] === name);
const byPart =
  (...parts: readonly string[]) =>
  ({ attributes }: Element) =>
    parts.includes(attributes['data-ac'] ?? '');
const byTag =
  (tag: string, name?: string) =>
  (element: Element): boolean =>
    element.tag === tag && (name === undefined || (element.attributes['aria-label'] ?? textOf(element)) === name);

/** Reads the widget's markup by roles, names and words. */
export function readScreen(markup: string): Screen {
  const page = readMarkup(markup);
  const [log] = findAll(page, byRole('log', english.conversation));
  const [composer] = findAll(page, byTag('textarea', english.message));
  const isEmpty = textOf(log!).includes(english.restoring);
  const has = (matches: (element: Element) => boolean): boolean => findAll(page, matches).length > 0;
  return {
    messages: findAll(log!, byTag('article')).map(readMessage),
    composer: textOf(composer!),
    busy: [
      ...(isEmpty ? [english.restoring] : []),
      ...(has(byTag('button', english.stop)) ? [english.stop] : []),
      ...(has(byPart('typing-indicator')) ? ['…'] : []),
      ...findAll(page, byPart('connection-notice')).map(textOf),
    ],
  };
}

function readMessage(article: Element): ShownMessage {
  const { attributes } = article;
  const texts = findAll(article, byPart('text'));
  const notice = findAll(article, byPart('notice', 'delivery')).map(textOf).join(' ');
  const notes = findAll(article, byTag('p')).map(textOf);
  return {
    id: attributes['data-message-id']!,
    isOwn: attributes['aria-label'] === english.you,
    text: texts.map(textOf).join(' ').trim(),
    mark: markOf(article, notice, notes),
    notice,
    isGrowing: texts.some((text) => text.attributes['data-state'] === 'streaming'),
    calls: findAll(article, byPart('tool-call')).map(textOf),
    reviews: findAll(article, byRole('group')).map(textOf),
  };
}

function markOf(article: Element, notice: string, notes: readonly string[]): ShownMessage['mark'] {
  if (notice.startsWith(english.queued)) return 'queued';
  if (notice.startsWith(english.sending)) return 'sending';
  if (notice.startsWith(english.uncertain)) return 'uncertain';
  if (notes.includes(english.stopped)) return 'stopped';
  const isFailed = notice.startsWith(english.notSent) || findAll(article, byTag('button', english.retry)).length > 0;
  return isFailed ? 'failed' : 'none';
}
