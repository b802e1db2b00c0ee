import { describe, expect, it } from 'vitest';
import { readEntity, unescapeText } from '../../src/markdown/entities.js';

describe('character references', () => {
  it.each([
    ['&amp;', '&'],
    ['&nbsp;', '\u00a0'],
    ['&iquest;', '¿'],
    ['&eacute;', 'é'],
    ['&Ccedil;', 'Ç'],
    ['&Scaron;', 'Š'],
    ['&oslash;', 'ø'],
    ['&uml;', '¨'],
    ['&omega;', 'ω'],
    ['&Omega;', 'Ω'],
    ['&rarr;', '→'],
    ['&#65;', 'A'],
    ['&#x1F600;', '😀'],
    ['&#0;', '\ufffd'],
    ['&#xD800;', '\ufffd'],
  ])('%s is %s', (reference, text) => {
    expect(readEntity(reference, 0)).toEqual({ text, end: reference.length });
  });

  it.each(['&qgrave;', '&nope;', '&amp', '&;', '&#;', '&__proto__;', '&constructor;'])('%s is text', (reference) => {
    expect(readEntity(reference, 0)).toBeUndefined();
  });

  it('are decoded in destinations, with backslashes before punctuation', () => {
    expect(unescapeText('/a?b&amp;c=\\*d\\e&nope;')).toBe('/a?b&c=*d\\e&nope;');
  });
});
