/** An address in the pieces that a person should tell apart. */
export interface LinkDescription {
  /** What stands before the domain: the scheme and names that its owner may choose freely. */
  readonly before: string;
  /** The name that somebody registered: who one will be talking to. */
  readonly domain: string;
  readonly after: string;
  /** What is sent along: query and fragment. */
  readonly query: string;
  /** The host that the link's text names, where that is another one. */
  readonly claimed: string | undefined;
  /** Letters of other scripts, which may look like Latin ones: `аpple.com`. They are shown as `xn--…`. */
  readonly isForeign: boolean;
}

/** @param url - as `safeUrl` returned it. @param text - what the link says. */
export function describeLink(url: string, text: string): LinkDescription {
  const { protocol, host, hostname, pathname, search, hash } = new URL(url);
  const domain = registeredDomain(hostname);
  const claimed = claimedHost(text);
  return {
    before: `${protocol}//${hostname.slice(0, hostname.length - domain.length)}`,
    domain: domain + host.slice(hostname.length),
    after: pathname,
    query: search + hash,
    claimed: claimed === undefined || registeredDomain(claimed) === domain ? undefined : claimed,
    isForeign: /(?:^|\.)xn--/.test(hostname),
  };
}

// The whole Public Suffix List weighs 40 kB. These are the second levels that many countries sell below, and where many people have a page each.
const SUFFIX =
  /\.(?:(?:ac|co|com|edu|go|gob|gov|ne|net|or|org)\.[a-z]{2}|github\.io|gitlab\.io|pages\.dev|workers\.dev|vercel\.app|netlify\.app|web\.app|firebaseapp\.com|herokuapp\.com|blogspot\.com|azurewebsites\.net|cloudfront\.net|amazonaws\.com|translate\.goog)$/;

function registeredDomain(hostname: string): string {
  if (/^[\d.]+$|^\[/.test(hostname)) return hostname;
  const labels = hostname.split('.');
  return labels.slice(SUFFIX.test(hostname) ? -3 : -2).join('.');
}

// A word like `node.js` or `README.md` is a file more often than a host, so a bare name counts only with an ending that is no file's.
const ADDRESS =
  /(?:https?:\/\/|www\.|[\w.+-]+@)([^\s/?#:()<>"']+)|(?<![^\s(])((?:[\p{L}\p{N}-]+\.)+(?:com|org|net|edu|gov|info|biz|shop|store|online|bank|example|de|nl|uk|eu|us|fr|it|es|ch|be|ca|au|jp|cn|ru|br))(?![\p{L}\p{N}])/iu;

function claimedHost(text: string): string | undefined {
  const match = ADDRESS.exec(text.normalize('NFKC'));
  const name = match?.[1] ?? match?.[2];
  if (name === undefined) return undefined;
  try {
    return new URL(`https://${name}`).hostname.replace(/^www\./, '');
  } catch {
    return undefined;
  }
}
