import { describe, expect, it } from 'vitest';
import { ENGLISH } from '../../../src/components/language/english.js';
import { ENGLISH_LINK_LABELS } from '../../../src/components/links/linkLabels.js';
import type { Locale } from '../../../src/components/language/locale.js';
import { ar } from '../../../src/components/locales/ar.js';
import { de } from '../../../src/components/locales/de.js';
import { en } from '../../../src/components/locales/en.js';
import { es } from '../../../src/components/locales/es.js';
import { fr } from '../../../src/components/locales/fr.js';
import { he } from '../../../src/components/locales/he.js';
import { it as italian } from '../../../src/components/locales/it.js';
import { ja } from '../../../src/components/locales/ja.js';
import { ko } from '../../../src/components/locales/ko.js';
import { nl } from '../../../src/components/locales/nl.js';
import { pt } from '../../../src/components/locales/pt.js';
import { zh } from '../../../src/components/locales/zh.js';
import { AgentChatError, type AgentChatErrorCode } from '../../../src/core/errors.js';

const TRANSLATIONS = { nl, de, fr, es, pt, it: italian, ja, zh, ko, ar, he };
const LOCALES: Readonly<Record<string, Locale>> = { en, ...TRANSLATIONS };
const all = Object.entries(LOCALES);
const translations = Object.entries<Locale>(TRANSLATIONS);

type Text = string | ((...values: readonly (string | number)[]) => string);

/** Every text of a table by its path: `send`, `markdown.table`. */
function textsOf(table: object, path = ''): ReadonlyMap<string, Text> {
  const texts = new Map<string, Text>();
  for (const [name, value] of Object.entries(table) as [string, Text | object][]) {
    if (typeof value === 'object') textsOf(value, `${path}${name}.`).forEach((text, inner) => texts.set(inner, text));
    else texts.set(path + name, value);
  }
  return texts;
}

const CODES = Object.keys(de.labels.errors) as AgentChatErrorCode[];
const english = textsOf({
  ...ENGLISH,
  links: ENGLISH_LINK_LABELS,
  errors: Object.fromEntries(CODES.map((code) => [code, new AgentChatError({ code, message: '' }).userMessage])),
});

// The renderer's copy button takes the words of ours.
const expected = [...english.keys()].filter((path) => !/^markdown\.cop/.test(path)).sort();

// A label that takes numbers is one of these; every other function takes names.
const COUNTS = 'unread matches showAllCharacters showAllEntries usedTools toolsFailed sources tooManyFiles usage';
const DURATIONS = 'thoughtFor busyRetry';
const isCount = (path: string): boolean => COUNTS.split(' ').includes(path);
const isDuration = (path: string): boolean => DURATIONS.split(' ').includes(path);
const NUMBERS = [0, 1, 2, 5, 11, 1000];
const NAMES = ['Fern', 'shop.example'];

function say(path: string, text: Text, numbers: readonly number[] = [5, 11]): string {
  return typeof text === 'string' ? text : text(...(isCount(path) || isDuration(path) ? numbers : NAMES));
}

/** In plain digits, without what groups them. */
const withPlainNumbers = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit)))
    .replace(/(\d)[.,\u00a0\u202f\u2009’](?=\d{3})/g, '$1');

describe.each(all)('%s', (name, { lang, dir, labels }) => {
  const texts = textsOf(labels);

  it('is named by its language and runs its way', () => {
    expect(lang.split('-')[0]).toBe(name);
    expect(Intl.getCanonicalLocales(lang)).toEqual([lang]);
    expect(dir).toBe(name === 'ar' || name === 'he' ? 'rtl' : 'ltr');
  });

  it('has every text that English has, and no other', () => {
    // The sentences of errors are English by themselves.
    const own = new Set([...texts.keys(), ...(name === 'en' ? CODES.map((code) => `errors.${code}`) : [])]);
    expect([...own].filter((path) => !/^markdown\.cop/.test(path)).sort()).toEqual(expected);
  });

  it('is written cleanly', () => {
    for (const [path, text] of texts) {
      const sentence = say(path, text);
      expect(sentence, path).toMatch(/^\S(.*\S)?$/);
      expect(sentence, path).not.toMatch(/ {2}|\.\.\.|undefined|NaN|#/);
    }
  });

  it('says every number, in digits or in a word of its own', () => {
    const plurals = new Intl.PluralRules(lang);
    // Arabic and Hebrew have words for none, one and two things: "two messages" is one word with an ending.
    const isWord = (number: number): boolean =>
      dir === 'rtl' && ['zero', 'one', 'two'].includes(plurals.select(number));
    for (const [path, text] of texts) {
      for (const number of isCount(path) ? NUMBERS : []) {
        const sentence = withPlainNumbers(say(path, text, [number, 7]));
        if (!isWord(number)) expect(sentence, path).toContain(String(number));
        expect(sentence, path).not.toBe('');
      }
      for (const seconds of isDuration(path) ? NUMBERS : []) {
        const digits = seconds === 1000 && path === 'thoughtFor' ? ['16', '40'] : isWord(seconds) ? [] : [`${seconds}`];
        const sentence = withPlainNumbers(say(path, text, [seconds]));
        if (name !== 'en' && seconds === 1000) expect(sentence, path).toMatch(/16.*40/);
        else for (const each of digits) expect(sentence, path).toContain(each);
      }
    }
  });

  it('keeps every name as it is', () => {
    for (const [path, text] of texts) {
      if (typeof text === 'string' || isCount(path) || isDuration(path)) continue;
      for (const each of NAMES.slice(0, text.length)) expect(say(path, text), path).toContain(each);
    }
  });

  it('gives controls that stand together different names', () => {
    const groups = [
      'openChat closeChat',
      'send stop',
      'retry resend',
      'copy copied',
      'goodAnswer badAnswer',
      'approve reject',
      'save remove cancel',
      'previousMatch nextMatch closeSearch search',
      'exportMarkdown exportJson',
      // Names of the fields of one object.
      'detailCode detailStatus detailRequest detailTrace detailMessage',
    ];
    for (const group of groups) {
      const words = group.split(' ').map((path) => texts.get(path));
      expect(new Set(words).size, group).toBe(words.length);
    }
  });
});

/** Words that a language really shares with English. */
const SHARED: Readonly<Record<string, string>> = {
  nl: 'menu statusOffline details detailCode detailStatus detailTrace markdown.code',
  de: 'statusOffline details detailCode detailStatus detailTrace markdown.code',
  fr: 'conversation conversations menu suggestions message sources detailCode detailTrace detailMessage markdown.code markdown.image',
  es: 'toolError',
  pt: 'menu detailStatus',
  it: 'menu file markdown.formula',
};

describe.each(translations)('%s leaves nothing to English:', (name, { lang, dir, labels }) => {
  const texts = textsOf(labels);

  it('no text is the same', () => {
    const same = [...texts].filter(([path, text]) => say(path, text) === say(path, english.get(path)!));
    expect(same.map(([path]) => path).sort()).toEqual((SHARED[name] ?? '').split(' ').filter(Boolean).sort());
  });

  it('no word is from there', () => {
    const usesLatin = !['ja', 'zh', 'ko'].includes(name) && dir === 'ltr';
    for (const [path, text] of texts) {
      const sentence = NAMES.reduce((rest, each) => rest.replaceAll(each, ''), say(path, text));
      if (usesLatin) expect(sentence, path).not.toMatch(/\b(the|this|your|please|could|not|and|has|been)\b/i);
      else expect(sentence.replace(/\b(AI|Markdown|JSON)/g, ''), path).not.toMatch(/[a-z]/i);
      if (lang !== 'nl') expect(sentence, path).not.toContain("'");
    }
  });
});

it.each([
  ['en', { 1: '1 new message', 2: '2 new messages' }],
  ['nl', { 1: '1 nieuw bericht', 0: '0 nieuwe berichten' }],
  ['de', { 1: '1 neue Nachricht', 1000: '1.000 neue Nachrichten' }],
  [
    'fr',
    { 0: '0 nouveau message', 1: '1 nouveau message', 2: '2 nouveaux messages', 1e6: '1000000 de nouveaux messages' },
  ],
  ['es', { 1: '1 mensaje nuevo', 5: '5 mensajes nuevos', 1e6: '1.000.000 de mensajes nuevos' }],
  ['pt', { 0: '0 mensagem nova', 1: '1 mensagem nova', 2: '2 mensagens novas', 1e6: '1.000.000 de mensagens novas' }],
  ['it', { 1: '1 nuovo messaggio', 5: '5 nuovi messaggi', 1e6: '1.000.000 di nuovi messaggi' }],
  ['ja', { 1: '新着メッセージ 1件', 5: '新着メッセージ 5件' }],
  ['zh', { 1: '1 条新消息', 5: '5 条新消息' }],
  ['ko', { 1: '새 메시지 1개', 5: '새 메시지 5개' }],
  ['he', { 1: 'הודעה חדשה אחת', 2: 'שתי הודעות חדשות', 11: '11 הודעות חדשות' }],
  [
    'ar',
    {
      0: 'لا توجد رسائل جديدة',
      1: 'رسالة جديدة واحدة',
      2: 'رسالتان جديدتان',
      5: '5 رسائل جديدة',
      11: '11 رسالة جديدة',
      100: '100 رسالة جديدة',
    },
  ],
])('%s counts messages in every plural form that it has', (name, sentences: Readonly<Record<number, string>>) => {
  const { lang, labels } = LOCALES[name]!;
  const plurals = new Intl.PluralRules(lang);
  const numbers = Object.keys(sentences).map(Number);
  const categories = new Set(numbers.map((number) => plurals.select(number)));
  expect([...categories].sort()).toEqual([...plurals.resolvedOptions().pluralCategories].sort());
  for (const number of numbers) {
    expect(withPlainNumbers(labels.unread(number))).toBe(withPlainNumbers(sentences[number]!));
  }
});

it.each(translations.filter(([, { lang }]) => new Intl.PluralRules(lang).select(1) === 'one'))(
  '%s has one of a thing and several',
  (_name, { labels }) => {
    for (const text of [labels.showAllEntries, labels.usedTools, labels.sources]) {
      expect(text(1).replace('1', '')).not.toBe(text(5).replace('5', ''));
    }
  },
);

it('the names that tests and embedders find controls by are the English ones', () => {
  const { openChat, closeChat, message, send, stop, retry, resend, approve, reject, attachFiles, copy } = en.labels;
  const { goodAnswer, badAnswer, newConversation, scrollToLatest, conversation } = en.labels;
  expect([openChat, closeChat, message, send, stop, retry, resend, approve, reject, attachFiles, copy]).toEqual(
    'Open chat,Close chat,Message,Send,Stop,Retry,Resend,Approve,Reject,Attach files,Copy'.split(','),
  );
  expect([goodAnswer, badAnswer, newConversation, scrollToLatest, conversation]).toEqual(
    'Good answer,Bad answer,New conversation,Scroll to latest,Conversation'.split(','),
  );
});

it('a wait that is over is none of no length', () => {
  expect(LOCALES['de']!.labels.thoughtFor(0)).toMatch(/^0 Sekunden/);
});
