import { describe, expect, it } from 'vitest';
import { counted } from '../../../src/components/language/counted.js';
import { formatDuration } from '../../../src/components/language/formatDuration.js';
import { formatFileSize } from '../../../src/components/language/formatFileSize.js';
import { joinSentences } from '../../../src/components/language/joinSentences.js';
import { ENGLISH } from '../../../src/components/language/english.js';
import { mergeLabels } from '../../../src/components/language/mergeLabels.js';
import { sentenceAbout } from '../../../src/components/language/sentenceAbout.js';
import { createSentenceQueue } from '../../../src/components/announcer/sentenceQueue.js';

/** Which of the spaces that do not break stands before a unit differs between versions of the language data. */
const withPlainSpaces = (text: string): string => text.replace(/\s/g, ' ');

describe('a sentence about a number', () => {
  const polish = counted('pl', { one: '# plik', few: '# pliki', many: '# plików', other: '# pliku' });
  it.each([
    [1, '1 plik'],
    [2, '2 pliki'],
    [5, '5 plików'],
    [22, '22 pliki'],
    [1.5, '1,5 pliku'],
    [12345, '12\u00a0345 plików'],
  ])('takes the form that the language has for %d', (count, sentence) => {
    expect(polish(count)).toBe(sentence);
  });

  it('falls back to the general form', () => {
    expect(counted('ar', { other: '#!' })(2)).toBe('2!');
  });
});

describe('a duration', () => {
  it.each([
    [1, 'de', '1 Sekunde'],
    [59, 'de', '59 Sekunden'],
    [60, 'de', '1 Minute'],
    [75, 'es', '1 minuto y 15 segundos'],
    [3601, 'fr', '60 minutes et 1 seconde'],
  ] as const)('of %d s in %s', (seconds, language, words) => {
    expect(withPlainSpaces(formatDuration(seconds, language))).toBe(words);
  });

  it('has a short form', () => {
    expect(formatDuration(75, 'zh-Hans', 'short')).toBe('1分钟15秒');
  });

  it('in English is as it always was, and has minutes', () => {
    expect([4, 59, 60, 125].map((seconds) => ENGLISH.thoughtFor(seconds))).toEqual([
      'Thought for 4 s',
      'Thought for 59 s',
      'Thought for 1 min 0 s',
      'Thought for 2 min 5 s',
    ]);
  });
});

it.each([
  [1, 'en', '1 byte'],
  [120, 'en', '120 bytes'],
  [999, 'en', '999 bytes'],
  [1000, 'en', '1 kB'],
  [3_440_000, 'nl', '3,4 MB'],
  [3_440_000, 'fr', '3,4 Mo'],
  [42_000_000, 'en', '42 MB'],
  [9e12, 'en', '9,000 GB'],
])('a file of %d bytes is in %s "%s"', (bytes, language, words) => {
  expect(withPlainSpaces(formatFileSize(bytes, language))).toBe(words);
});

describe('a name in a sentence', () => {
  const download = (name: string): string => `Download ${name}`;
  const hebrew = (name: string): string => `הורדת ${name}`;

  it('leaves a sentence alone that runs one way', () => {
    expect(sentenceAbout(download, 'plan (1).csv')).toBe('Download plan (1).csv');
  });

  it('keeps a name in one piece where it runs the other way', () => {
    expect(sentenceAbout(download, 'דוח.pdf')).toBe('Download \u2068דוח.pdf\u2069');
    expect(sentenceAbout(hebrew, 'plan (1).csv')).toBe('הורדת \u2068plan (1).csv\u2069');
    expect(sentenceAbout(download, 'تقرير')).toBe('Download \u2068تقرير\u2069');
  });
});

describe('two sentences', () => {
  it.each([
    ['Not sent.', "Can't connect.", "Not sent. Can't connect."],
    ['未发送。', '无法连接。', '未发送。无法连接。'],
    ['Not sent.', null, 'Not sent.'],
  ])('%s %s', (first, second, both) => {
    expect(joinSentences(first, second)).toBe(both);
  });
});

describe('labels of several tables', () => {
  it('fall back to English, and later ones win string by string', () => {
    const labels = mergeLabels(
      { send: 'Verstuur', markdown: { table: 'Tabel' }, errors: { network: 'Geen verbinding.', config: 'Kapot.' } },
      undefined,
      { errors: { config: 'Even niet.' } },
    );
    expect(labels).toEqual({
      ...ENGLISH,
      send: 'Verstuur',
      markdown: { ...ENGLISH.markdown, table: 'Tabel' },
      errors: { network: 'Geen verbinding.', config: 'Even niet.' },
    });
  });
});

it('Arabic sentences are spoken one by one, too', () => {
  const spoken: string[] = [];
  const queue = createSentenceQueue({ say: () => undefined, toSpeech: (text) => (spoken.push(text), text) });
  queue.follow('a', 'كيف يمكنني مساعدتك؟ أخبرني', false);
  queue.dispose();
  expect(spoken).toEqual(['كيف يمكنني مساعدتك؟ ']);
});
