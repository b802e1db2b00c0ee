import type { Locale } from '../components/language/locale.js';

/** Each is a file of its own beside the script: a page loads the one that it names. */
const LOCALES: Readonly<Record<string, () => Promise<Locale>>> = {
  en: async () => (await import('../components/locales/en.js')).en,
  nl: async () => (await import('../components/locales/nl.js')).nl,
  de: async () => (await import('../components/locales/de.js')).de,
  fr: async () => (await import('../components/locales/fr.js')).fr,
  es: async () => (await import('../components/locales/es.js')).es,
  pt: async () => (await import('../components/locales/pt.js')).pt,
  it: async () => (await import('../components/locales/it.js')).it,
  ja: async () => (await import('../components/locales/ja.js')).ja,
  zh: async () => (await import('../components/locales/zh.js')).zh,
  ko: async () => (await import('../components/locales/ko.js')).ko,
  ar: async () => (await import('../components/locales/ar.js')).ar,
  he: async () => (await import('../components/locales/he.js')).he,
};

/**
 * The words of a language by its tag; the region does not count, so `de-AT` is German. Never rejects: a chat in English is better than none.
 *
 * @returns `undefined` where the language is not one of ours or its file could not be loaded; both are reported.
 */
export async function loadLocale(
  tag: string,
  warn: (message: string) => void = console.warn,
  locales = LOCALES,
): Promise<Locale | undefined> {
  const language = tag.toLowerCase().split(/[-_]/, 1)[0] ?? '';
  if (!Object.hasOwn(locales, language)) {
    const names = Object.keys(locales).join(', ');
    warn(`agent-chat-widget: locale="${tag}" is not one of ${names}. It was left out; the chat is in English.`);
    return undefined;
  }
  try {
    return await locales[language]?.();
  } catch {
    warn(
      `agent-chat-widget: the words of locale="${tag}" could not be loaded, so the chat is in English. Is the folder agent-chat beside the script?`,
    );
    return undefined;
  }
}
