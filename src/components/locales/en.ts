'use client';
import { ENGLISH } from '../language/english.js';
import { ENGLISH_LINK_LABELS } from '../links/linkLabels.js';
import type { Locale } from '../language/locale.js';

/** English: the words of a widget without a locale, for pages in another language and as the start of a locale of your own. */
export const en: Locale = { lang: 'en', dir: 'ltr', labels: { ...ENGLISH, links: ENGLISH_LINK_LABELS } };
