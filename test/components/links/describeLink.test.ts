import { describe, expect, it } from 'vitest';
import { describeLink } from '../../../src/components/links/describeLink.js';

describe('describeLink', () => {
  it('takes an address apart', () => {
    expect(describeLink('https://docs.a.example:8443/b/c?d=e#f', 'docs')).toEqual({
      before: 'https://docs.',
      domain: 'a.example:8443',
      after: '/b/c',
      query: '?d=e#f',
      claimed: undefined,
      isForeign: false,
    });
  });

  it.each([
    ['https://paypal.com.evil.example/', 'evil.example'],
    ['https://www.bbc.co.uk/', 'bbc.co.uk'],
    ['https://me.github.io/', 'me.github.io'],
    ['https://a.example/', 'a.example'],
    ['https://localhost/', 'localhost'],
    ['https://192.168.0.1/', '192.168.0.1'],
    ['https://[::1]/', '[::1]'],
  ])('the name that somebody registered in %s is %s', (url, domain) => {
    expect(describeLink(url, '').domain).toBe(domain);
  });

  it('knows letters that look like others', () => {
    const { isForeign, domain } = describeLink(new URL('https://аpple.com/').href, '');
    expect([isForeign, domain]).toEqual([true, 'xn--pple-43d.com']);
  });

  it.each([
    ['https://bank.example/login', 'bank.example'],
    ['www.bank.example', 'bank.example'],
    ['Go to http://bank.example now', 'bank.example'],
    ['bank.com', 'bank.com'],
    ['BANK.COM', 'bank.com'],
    ['ｂａｎｋ.com', 'bank.com'],
    ['mail@bank.com', 'bank.com'],
    ['https://evil.example@bank.example', undefined],
  ])('the text %j claims %s', (text, claimed) => {
    const { claimed: found } = describeLink('https://evil.example/x', text);
    if (claimed) expect(found).toBe(claimed);
    else expect(found).not.toBe('evil.example');
  });

  it.each([
    'the docs',
    'evil.example',
    'https://www.evil.example/other',
    'http://sub.evil.example',
    'node.js',
    'README.md',
    'v1.2.3',
    'package.json',
    '3.14',
  ])('the text %j claims nothing else', (text) => {
    expect(describeLink('https://evil.example/x', text).claimed).toBeUndefined();
  });
});
