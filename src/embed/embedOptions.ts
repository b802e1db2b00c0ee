/** What a page says about its chat: attributes of the script tag or of the element, or the object given to `boot`. */
export interface EmbedOptions {
  /** Where the proxy is mounted. */
  readonly url: string;
  /** The agent's public name behind the proxy. */
  readonly agent: string;
  /** @default 'bubble' */
  readonly mode?: 'bubble' | 'inline' | 'sidebar' | 'fullscreen';
  /** @default 'system' */
  readonly theme?: 'light' | 'dark' | 'system';
  /** Names the agent until its card has been loaded. */
  readonly title?: string;
  /** The first words on an empty transcript. */
  readonly greeting?: string;
  /** The language of the widget's words: `en nl de fr es pt it ja zh ko ar he`, with or without a region. Default: English. */
  readonly locale?: string;
  /** Default: the locale's direction, without one the page's own. */
  readonly dir?: 'ltr' | 'rtl';
  /** Where conversations are kept: in this browser, as long as the tab is open, or as long as the page lives. @default 'local' */
  readonly storage?: 'local' | 'session' | 'none';
  /** Whether the panel is open at first. */
  readonly open?: boolean;
}

const CHOICES = {
  mode: ['bubble', 'inline', 'sidebar', 'fullscreen'],
  theme: ['light', 'dark', 'system'],
  dir: ['ltr', 'rtl'],
  storage: ['local', 'session', 'none'],
} as const;

/** The attributes that an `<agent-chat>` element listens to; a script tag has the same behind `data-`. */
export const ATTRIBUTES = [
  'url',
  'agent',
  'mode',
  'theme',
  'title',
  'greeting',
  'locale',
  'dir',
  'storage',
  'open',
] as const;

/**
 * Reads options from attributes. A word that is none of the choices is reported and left out: the chat then looks as it does by default,
 * which is better than no chat.
 *
 * @param read - gives an attribute's value, `null` where it is not set.
 * @returns `null` where `url` or `agent` is missing.
 */
export function readEmbedOptions(
  read: (name: (typeof ATTRIBUTES)[number]) => string | null,
  warn: (message: string) => void = console.warn,
): EmbedOptions | null {
  const url = read('url');
  const agent = read('agent');
  if (!url || !agent) return null;
  const title = read('title');
  const greeting = read('greeting');
  const locale = read('locale');
  const open = read('open');
  return {
    url,
    agent,
    ...(title === null ? {} : { title }),
    ...(greeting === null ? {} : { greeting }),
    ...(locale ? { locale } : {}),
    ...(open === null ? {} : { open: open !== 'false' }),
    ...choice('mode', read('mode'), warn),
    ...choice('theme', read('theme'), warn),
    ...choice('dir', read('dir'), warn),
    ...choice('storage', read('storage'), warn),
  };
}

function choice<K extends keyof typeof CHOICES>(
  name: K,
  value: string | null,
  warn: (message: string) => void,
): { [key in K]?: (typeof CHOICES)[K][number] } {
  const choices: readonly string[] = CHOICES[name];
  if (value === null) return {};
  if (choices.includes(value)) return { [name]: value } as { [key in K]?: (typeof CHOICES)[K][number] };
  warn(
    `agent-chat-widget: ${name}="${value}" is not one of ${choices.join(', ')}. It was left out; the default is used.`,
  );
  return {};
}
