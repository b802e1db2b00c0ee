import { describe, expect, it } from 'vitest';
import { isImageAllowed, isLinkAllowed, safeUrl } from '../../src/markdown/safeUrl.js';

const kept: [string, string][] = [
  ['https://a.example', 'https://a.example/'],
  ['https://a.example/b?c=d#e', 'https://a.example/b?c=d#e'],
  ['HTTPS://A.Example/B', 'https://a.example/B'],
  ['http://a.example', 'http://a.example/'],
  ['https://a.example:8443/x', 'https://a.example:8443/x'],
  ['  https://a.example  ', 'https://a.example/'],
  ['https://a.example/x y', 'https://a.example/x%20y'],
  ['https://a.example/@user', 'https://a.example/@user'],
  ['https://a.example/?q=a@b', 'https://a.example/?q=a@b'],
  ['https://a.example#@b', 'https://a.example/#@b'],
  ['ht\ntps://a.example', 'https://a.example/'],
  ['\u0000https://a.example', 'https://a.example/'],
  ['https://[::1]/', 'https://[::1]/'],
  ['https://münchen.example/', 'https://xn--mnchen-3ya.example/'],
  ['mailto:a@b.example', 'mailto:a@b.example'],
  ['mailto:a@b.example?subject=x', 'mailto:a@b.example?subject=x'],
  ['tel:+31201234567', 'tel:+31201234567'],
  ['tel:020-123.456', 'tel:020-123.456'],
  ['tel:+1-201-555-0123;ext=5', 'tel:+1-201-555-0123;ext=5'],
];

const dropped = [
  '',
  ' ',
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  'java\rscript:alert(1)',
  '\u0001javascript:alert(1)',
  '\u0000javascript:alert(1)',
  ' javascript:alert(1)',
  'javascript\u0000:alert(1)',
  'javascript&colon;alert(1)',
  'javascript://a.example/%0aalert(1)',
  'javascript:https://a.example',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'data:image/png;base64,AAAA',
  'DATA:text/html,x',
  'file:///etc/passwd',
  'blob:https://a.example/0',
  'filesystem:https://a.example/temporary/x',
  'about:blank',
  'about:srcdoc',
  'intent://a#Intent;scheme=http;end',
  'ftp://a.example/x',
  'ws://a.example',
  'wss://a.example',
  'ssh://a.example',
  'sms:+123',
  'facetime:a@b.example',
  'market://details?id=x',
  'view-source:https://a.example',
  'chrome://settings',
  'resource://x',
  'moz-extension://x',
  'jar:https://a.example!/x',
  'ms-msdt:/id',
  'ms-word:ofe|u|https://a.example',
  'steam://run/1',
  'irc://a.example',
  'xmpp:a@b.example',
  'x:y',
  '/relative',
  './relative',
  '../relative',
  'relative',
  '?query',
  '#fragment',
  '//a.example/x',
  '///a.example',
  '/\\a.example',
  '\\\\a.example\\share',
  'https:\\\\a.example',
  'https://a.example\\@b.example',
  'https:/a.example',
  'https:a.example',
  'https:///a.example',
  'https://user@a.example',
  'https://user:secret@a.example',
  'https://:secret@a.example',
  'https://@a.example',
  'https://bank.example@a.example/',
  'https://bank.example%40x@a.example/',
  'http://user@a.example',
  'https://',
  'https://a b.example',
  'https://a.example:99999',
  'https://[::1',
  'mailto:',
  'mailto:nobody',
  'mailto:?bcc=a@b.example',
  'tel:',
  'tel:*%2306%23',
  'tel:*#06#',
  'tel:**21*123#',
  'tel:abc',
  `https://a.example/${'x'.repeat(9000)}`,
];

describe('safeUrl', () => {
  it.each(kept)('keeps %j as %j', (url, expected) => {
    expect(safeUrl(url)).toBe(expected);
  });

  it.each(dropped.map((url) => [url]))('drops %j', (url) => {
    expect(safeUrl(url)).toBeNull();
  });

  it('drops http where the policy says so', () => {
    expect(safeUrl('http://a.example', { http: false })).toBeNull();
    expect(safeUrl('https://a.example', { http: false })).toBe('https://a.example/');
  });

  it('resolves relative URLs against a base, on its origin only', () => {
    const policy = { base: 'https://host.example/docs/' };
    expect(safeUrl('page#x', policy)).toBe('https://host.example/docs/page#x');
    expect(safeUrl('/root', policy)).toBe('https://host.example/root');
    expect(safeUrl('//evil.example/x', policy)).toBeNull();
    expect(safeUrl('/\\evil.example', policy)).toBeNull();
    expect(safeUrl('https:page', policy)).toBeNull();
    expect(safeUrl('javascript:alert(1)', policy)).toBeNull();
    expect(safeUrl('page', { base: 'not a url' })).toBeNull();
  });
});

describe('isImageAllowed', () => {
  const images = { allow: ['https://cdn.example/answers/', 'https://one.example/logo.png', 'https://*.wild.example'] };

  it.each([
    ['https://cdn.example/answers/a.png', true],
    ['https://one.example/logo.png', true],
    ['https://cdn.example/answers', false],
    ['https://cdn.example/other/a.png', false],
    ['https://cdn.example/answers/../other/a.png', false],
    ['https://cdn.example/answers/%2e%2e/other/a.png', false],
    ['https://cdn.example/answers/..%2fother/a.png', false],
    ['https://cdn.example/answers/..%5cother/a.png', false],
    ['https://cdn.example/answers/a.png?secret=1', false],
    ['https://cdn.example.evil.example/answers/a.png', false],
    ['https://cdn.example:444/answers/a.png', false],
    ['http://cdn.example/answers/a.png', false],
    ['https://one.example/logo.png.evil', false],
    ['https://a.wild.example/x', true],
    ['https://b.a.wild.example/x', true],
    ['https://wild.example/x', false],
    ['https://notwild.example/x', false],
  ])('%j: %s', (url, expected) => {
    expect(isImageAllowed(url, { images })).toBe(expected);
  });

  it('allows nothing by default, and a query only where the policy says so', () => {
    expect(isImageAllowed('https://cdn.example/answers/a.png')).toBe(false);
    expect(isImageAllowed('https://cdn.example/answers/a.png?x', { images: { ...images, query: true } })).toBe(true);
  });
});

describe('isLinkAllowed', () => {
  const allow = ['https://docs.example', 'https://app.example/help/', 'http://old.example'];

  it.each([
    ['https://docs.example/', true],
    ['https://docs.example/a?b#c', true],
    ['https://docs.example/%2e%2e/x', true],
    ['https://app.example/help/a', true],
    ['https://app.example/help/%2e%2e/logout', false],
    ['https://app.example/logout', false],
    ['http://docs.example/', false],
    ['http://old.example/', true],
    ['https://docs.example.evil.example/', false],
    ['mailto:a@b.example', true],
    ['tel:+123', true],
  ])('%j: %s', (url, expected) => {
    expect(isLinkAllowed(url, { links: { allow } })).toBe(expected);
  });

  it('allows no site by default, and every one with a star', () => {
    expect(isLinkAllowed('https://docs.example/')).toBe(false);
    expect(isLinkAllowed('https://docs.example/', { links: { allow: ['*'] } })).toBe(true);
  });
});
