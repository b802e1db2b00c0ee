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
  /** How much air is between the messages. @default 'comfortable' */
  readonly density?: 'comfortable' | 'compact';
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
  /**
   * Which links of the agent open without showing their address first: origins and paths, separated by spaces, or `*` for all
   * (`https://docs.example.com https://shop.example.com/help/`). Default: none.
   */
  readonly links?: string;
  /** Which images of the agent are loaded without a click, likewise. Default: none, because an image's address can carry the conversation away. */
  readonly images?: string;
  /** Shows formulas in the agent's text, with a file that is loaded for it. @default false */
  readonly math?: boolean;
  /** Whether the panel is open at first. */
  readonly open?: boolean;
}

/** What is taken as it is written. */
const TEXTS = ['title', 'greeting', 'locale', 'links', 'images'] as const;

/** There without a word, or with any but `false`. */
const FLAGS = ['math', 'open'] as const;

const CHOICES = {
  mode: ['bubble', 'inline', 'sidebar', 'fullscreen'],
  theme: ['light', 'dark', 'system'],
  density: ['comfortable', 'compact'],
  dir: ['ltr', 'rtl'],
  storage: ['local', 'session', 'none'],
} as const;

/** The attributes that an `<agent-chat>` element listens to; a script tag has the same behind `data-`. */
export const ATTRIBUTES = ['url', 'agent', ...TEXTS, 'mode', 'theme', 'density', 'dir', 'storage', ...FLAGS] as const;

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
  return {
    url,
    agent,
    ...texts(read),
    ...flags(read),
    ...choice('mode', read('mode'), warn),
    ...choice('theme', read('theme'), warn),
    ...choice('density', read('density'), warn),
    ...choice('dir', read('dir'), warn),
    ...choice('storage', read('storage'), warn),
  };
}

/** An empty one is none. */
function texts(read: (name: (typeof TEXTS)[number]) => string | null): Pick<EmbedOptions, (typeof TEXTS)[number]> {
  const written = TEXTS.map((name) => [name, read(name)] as const).filter(([, value]) => value);
  return Object.fromEntries(written);
}

function flags(read: (name: (typeof FLAGS)[number]) => string | null): Pick<EmbedOptions, (typeof FLAGS)[number]> {
  const set = FLAGS.map((name) => [name, read(name)] as const).filter(([, value]) => value !== null);
  return Object.fromEntries(set.map(([name, value]) => [name, value !== 'false']));
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
