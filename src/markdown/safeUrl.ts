/** What links and images of an agent's text may point to. Plain data, so that it can be compared. */
export interface UrlPolicy {
  /** Whether `http:` links stay links. Default `true`. */
  readonly http?: boolean;
  /**
   * Absolute URL that relative links are resolved against; they must stay on its origin. Default: relative links are
   * text, since an agent should not steer the page that it is embedded in.
   */
  readonly base?: string;
  readonly images?: {
    /** Where images may be loaded from: origin and path prefix (`https://cdn.example.com/answers/`). Default: nowhere. */
    readonly allow: readonly string[];
    /** Whether such an image's URL may have a query, which can carry data out. Default `false`. */
    readonly query?: boolean;
  };
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
  const image = parse(url);
  if (!images || image?.protocol !== 'https:') return false;
  if (image.search !== '' && images.query !== true) return false;
  // A server may decode these after the prefix was compared, and walk out of the folder.
  if (/%2f|%5c|%2e/i.test(image.pathname)) return false;
  return images.allow.some((entry) => {
    const allowed = parse(entry);
    if (allowed?.origin !== image.origin) return false;
    const prefix = allowed.pathname.endsWith('/') ? allowed.pathname : `${allowed.pathname}/`;
    return image.pathname === allowed.pathname || image.pathname.startsWith(prefix);
  });
}

function parse(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}
