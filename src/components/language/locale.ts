import type { AgentChatErrorCode } from '../../core/errors.js';
import type { Labels } from './labels.js';
import type { LinkLabels } from '../links/linkLabels.js';

/**
 * A language of the widget: its words, how it writes numbers, and which way it runs. There are twelve: `en nl de fr es pt it ja zh ko ar he`.
 *
 * A language of your own is an object of this type. Begin with the whole table of a language that is close, so that strings which come with later
 * versions are there; a missing one is English. In an app with server components it belongs into a client component: it holds functions.
 *
 * @example
 * import { AgentChatWidget, type Locale } from 'agent-chat-widget';
 * import { nl } from 'agent-chat-widget/locales/nl';
 *
 * const flemish: Locale = { ...nl, lang: 'nl-BE', labels: { ...nl.labels, greeting: 'Waarmee kan ik je helpen?' } };
 * <AgentChatWidget url="/api/agent-chat" agent="support" locale={flemish} />
 */
export interface Locale {
  /** BCP 47 tag, such as `nl` or `pt-BR`: the `lang` of the widget's element, and the language that file sizes are written in. */
  readonly lang: string;
  /** The `dir` of the widget's element. */
  readonly dir: 'ltr' | 'rtl';
  readonly labels: Labels;
}

/** The words of a language that leaves nothing to English, neither a label nor the sentence of an error. */
export type Translation = Labels & {
  readonly links: LinkLabels;
  readonly errors: Readonly<Record<AgentChatErrorCode, string>>;
};
