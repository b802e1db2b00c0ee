import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown, type MarkdownProps } from '../../src/markdown/Markdown.js';
import { createRandom, randomDocument } from './support.js';

function render(text: string, props: Omit<MarkdownProps, 'text'> = {}): string {
  return renderToStaticMarkup(createElement(Markdown, { text, ...props }))
    .replace(/^<div class="ac-md">/, '')
    .replace(/<\/div>$/, '')
    .replaceAll('<div class="ac-md-group">', '');
}

describe('Markdown renders', () => {
  it('headings below those of the page and the widget', () => {
    const html = render('# One\n\n## Two\n\n###### Six');
    expect(html.match(/<h\d/g)).toEqual(['<h3', '<h4', '<h6']);
    expect(html).toContain('ac-md-h1');
  });

  it('paragraphs with emphasis, code and breaks', () => {
    expect(render('a **b** *c* ~~d~~ `e`  \nf')).toContain(
      'a <strong>b</strong> <em>c</em> <del>d</del> <code class="ac-md-inline-code">e</code><br/>f',
    );
  });

  it('links that open elsewhere and tell nobody where from', () => {
    expect(render('[a](https://a.example)')).toContain(
      '<a class="ac-md-link" href="https://a.example/" target="_blank" rel="noopener noreferrer nofollow ugc">a</a>',
    );
  });

  it.each(['javascript:alert(1)', '/logout', 'data:text/html,x', '//a.example', 'https://u@a.example'])(
    'a link to %s as its text',
    (url) => {
      expect(render(`x [a *b*](<${url}>) y`)).toContain('x a <em>b</em> y');
      expect(render(`x [a *b*](<${url}>) y`)).not.toContain('href');
    },
  );

  it('link text without the characters that deceive the eye', () => {
    const html = render('[pay\u202Emoc\u202C\u200B\u{E0041}pal\u200D](https://a.example) 👩\u200D👧');
    expect(html).toContain('>paymocpal</a> 👩\u200D👧');
  });

  it('no link within a link', () => {
    expect(render('[https://a.example](https://b.example)').match(/<a /g)).toHaveLength(1);
    expect(render('[![i](https://a.example/i)](https://b.example)').match(/<a /g)).toHaveLength(1);
  });

  it('images as a name and a host, and fetches none', () => {
    const html = render('![A cat](https://img.example/cat.png?secret=1)');
    expect(html).not.toContain('<img');
    expect(html).toContain(
      '<bdi>A cat</bdi> <span class="ac-md-image-host">img.example</span><button type="button" class="ac-md-button">Load image</button>',
    );
    expect(render('![x](javascript:alert(1))')).not.toContain('<a');
    expect(render('![](https://img.example/cat.png)')).toContain('<bdi>Image</bdi> <span');
  });

  it('images from where the policy allows', () => {
    const policy = { images: { allow: ['https://img.example/a/'] } };
    expect(render('![A cat](https://img.example/a/cat.png)', { policy })).toContain(
      '<img class="ac-md-image" loading="lazy" decoding="async" referrerPolicy="no-referrer" src="https://img.example/a/cat.png" alt="A cat"/>',
    );
    expect(render('![A cat](https://img.example/b/cat.png)', { policy })).not.toContain('<img');
  });

  it('raw HTML as text', () => {
    const html = render(
      '<img src=x onerror=alert(1)>\n\na <b onclick="x()">b</b> <!-- c -->\n\n<script>alert(1)</script>',
    );
    expect(html.match(/<(?!\/?(?:p|div)\b)/g)).toBeNull();
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('&lt;b onclick=&quot;x()&quot;&gt;b&lt;/b&gt;');
  });

  it('code in a named box that the keyboard can scroll', () => {
    const html = render('```js title\na < b\n\n```');
    expect(html).toContain('<pre class="ac-md-pre" role="group" aria-label="Code: js" tabindex="0" dir="ltr">');
    expect(html).toContain('a &lt; b\n</span></code>');
    expect(html).toContain('<button type="button" class="ac-md-button">Copy</button>');
    expect(render('    plain')).toContain('aria-label="Code"');
  });

  it('lists, their first number, and tasks with names', () => {
    expect(render('3. a\n4. b')).toContain(
      '<div class="ac-md-list ac-md-first" dir="auto" role="list"><ol class="ac-md-run" start="3" role="presentation"><li',
    );
    const html = render('- [x] a\n- [ ] b\n- c');
    expect(html.match(/<input[^>]*>/g)).toEqual([
      '<input class="ac-md-checkbox" type="checkbox" disabled="" readOnly="" aria-label="Done" checked=""/>',
      '<input class="ac-md-checkbox" type="checkbox" disabled="" readOnly="" aria-label="To do"/>',
    ]);
  });

  it('tables with headers and alignment, in a named box that the keyboard can scroll', () => {
    const html = render('| a | b | c |\n|:--|--:|---|\n| 1 | *2* |');
    expect(html).toContain('role="group" aria-label="Table" tabindex="0"><table class="ac-md-table" role="table"');
    expect(html).toContain(
      '<th class="ac-md-cell ac-md-header" role="columnheader" scope="col" data-align="left" dir="auto">a</th>',
    );
    expect(html).toContain('<td class="ac-md-cell" role="cell" data-align="right" dir="auto"><em>2</em></td>');
    expect(html.match(/<td/g)).toHaveLength(3);
  });

  it('quotes with blocks inside, and rules', () => {
    expect(render('> a\n>\n> - b\n\n---')).toMatch(
      /<blockquote .*<p .*>a<\/p><div .*<ul .*b<\/p><\/li><\/ul><\/div><\/blockquote><hr/,
    );
  });

  it('its own words as the host wants them', () => {
    expect(render('```\na\n```', { labels: { copy: 'Kopiëren', code: 'Broncode' } })).toMatch(/>Kopiëren<.*"Broncode"/);
  });

  it('no element, attribute or scheme but its own, at any prefix of random documents', () => {
    const elements =
      'a|p|h[3-6]|ul|ol|li|input|blockquote|hr|table|thead|tbody|tr|th|td|div|pre|code|span|button|em|strong|del|br|bdi|sup';
    const tag = new RegExp(`^</?(?:${elements})(?:>|/| )`);
    const attributes =
      /^(?:class|href|target|rel|dir|role|tabindex|start|scope|type|disabled|readOnly|checked|aria-label|id|data-(?:align|language|note))$/;
    for (let seed = 1; seed <= 150; seed++) {
      const random = createRandom(seed);
      const text = randomDocument(seed, 25, true).replaceAll(
        'https://d.example',
        () => ['javascript:x', 'data:x', '//x'][random(3)]!,
      );
      const html = render(text.slice(0, 1 + random(text.length)), { streaming: true });
      for (const [element] of html.matchAll(/<[^>]*>/g)) {
        expect(element, JSON.stringify(text)).toMatch(tag);
        for (const [, name] of element.matchAll(/ ([\w-]+)="[^"]*"/gi)) expect(name).toMatch(attributes);
        const href = / href="([^"]*)"/.exec(element)?.[1];
        if (href !== undefined) expect(href).toMatch(/^(?:https?:\/\/|mailto:|tel:|#)/);
        expect(element).not.toContain('style=');
      }
    }
  });
});
