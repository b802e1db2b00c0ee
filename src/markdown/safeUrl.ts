/** What links and images of an agent's text may point to. Plain data, so that it can be compared. */
export interface UrlPolicy {
  /** Whether `http:` links stay links. Default `true`. */
  readonly http?: boolean;
  /**
   * Absolute URL that relative links are resolved against; they must stay on its origin. Default: relative links are
   * text, since an agent should not steer the page that it is embedded in.
   */
  readonly base?: string;
  readonly images?: ImagePolicy;
  readonly links?: LinkPolicy;
}

/** Which of the images that an agent writes are loaded without asking the visitor. */
export interface ImagePolicy {
  /**
   * Where they may come from: origin and path prefix (`https://cdn.example.com/answers/`, `https://*.example.com`), `https` only. Default:
   * nowhere, because the address of an image can carry the conversation to whoever made the agent write it.
   */
  readonly allow: readonly string[];
  /** Whether such an address may have a query, which can carry data out. Default `false`. */
  readonly query?: boolean;
}

/** Which of the links that an agent writes open without asking the visitor. */
export interface LinkPolicy {
  /**
   * Where they may lead: origin and path prefix (`https://docs.example.com/`, `https://*.example.com`), or `'*'` for anywhere. Default: nowhere,
   * not even to the page's own site, where a link may log the visitor out.
   */
  readonly allow: readonly string[];
}

const maxLength = 8192;
const telephone = /^tel:\+?[\d().-]+(?:;[a-z\d=.+-]+)*$/i;

/**
 * Judges a URL that an agent wrote.
 *
 * @returns the URL in normal form, or `null` where it must not become a link: every scheme but `https`, `http`, `mailto`
 * and `tel`; user names and passwords (`https://bank.example@evil.example`); backslashes; relative URLs without a base.
 */
export function safeUrl(url: string, policy: UrlPolicy = {}): string | null {
  // Browsers skip control characters inside a scheme; judging the rest must not depend on them.

  const text = url.replace(/[\u0000-\u001f\u007f-\u009f]/g, '').trim();
  if (text === '' || text.length > maxLength || text.includes('\\')) return null;
  const absolute = parse(text);
  const parsed = absolute ?? (policy.base === undefined ? null : parse(text, policy.base));
  if (!parsed || parsed.username !== '' || parsed.password !== '') return null;
  if (!absolute && parsed.origin !== parse(policy.base!)?.origin) return null;
  switch (parsed.protocol) {
    case 'https:':
    case 'http:':
      if (parsed.protocol === 'http:' && policy.http === false) return null;
      // `https:host` and `https:///host` are read as hosts too, `//@host` has an empty user name: nobody writes these in good faith.
      return !absolute || /^https?:\/\/[^/?#@]+(?:[/?#]|$)/i.test(text) ? parsed.href : null;
    case 'mailto:':
      return parsed.pathname.includes('@') ? parsed.href : null;
    case 'tel:':
      // `*` and `#` would let a tap dial a code that changes the phone's settings.
      return telephone.test(text.replace(/[\s/]|%20/g, '')) ? parsed.href : null;
    default:
      return null;
  }
}

/** Whether an image may be fetched. `url` is what {@link safeUrl} returned. */
export function isImageAllowed(url: string, { images }: UrlPolicy = {}): boolean {
  const { protocol, search } = new URL(url);
  return protocol === 'https:' && (search === '' || images?.query === true) && isWithin(url, images?.allow);
}

/** Whether a link opens without a question. `url` is what {@link safeUrl} returned; an app that it opens asks by itself. */
export function isLinkAllowed(url: string, { links }: UrlPolicy = {}): boolean {
  return !url.startsWith('http') || links?.allow.includes('*') === true || isWithin(url, links?.allow);
}

function isWithin(url: string, allow: readonly string[] = []): boolean {
  const { protocol, host, pathname } = new URL(url);
  return allow.some((entry) => {
    const allowed = parse(entry);
    if (allowed?.protocol !== protocol) return false;
    if (allowed.host.startsWith('*.') ? !host.endsWith(allowed.host.slice(1)) : host !== allowed.host) return false;
    if (allowed.pathname === '/') return true;
    // A server may decode these after the prefix was compared, and walk out of the folder.
    if (/%2f|%5c|%2e/i.test(pathname)) return false;
    return pathname === allowed.pathname || pathname.startsWith(allowed.pathname.replace(/\/?$/, '/'));
  });
}

function parse(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}
