import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Markdown } from '../../src/markdown/Markdown.js';
import { isImageAllowed, safeUrl, type UrlPolicy } from '../../src/markdown/safeUrl.js';
import { parseHtml, type HtmlElement, type HtmlNode } from './parseHtml.js';

const base = 'https://spec.example/';
const policy: UrlPolicy = { base, images: { allow: [base], query: true } };

/** An example of a specification. */
export interface SpecExample {
  readonly markdown: string;
  readonly html: string;
}

/**
 * Reduces what the renderer makes of an example, and what the specification does, to their structure: the same text
 * where they have the same blocks and marks around the same words.
 *
 * Left out is what the renderer means to do otherwise: classes and boxes, titles of links, whether a list is tight,
 * empty paragraphs and headings, the scheme of `www.` links. Links and images that its policy refuses are words on both
 * sides. Raw HTML is words: where an example has some, both sides are reduced to text that holds tags.
 */
export function compareWithSpec({ markdown, html }: SpecExample): { shown: string; expected: string } {
  const markup = renderToStaticMarkup(createElement(Markdown, { text: markdown, policy }));
  const tree = parseHtml(markup).flatMap(plain);
  const shown = structure(tree);
  const expected = structure(parseHtml(html).flatMap(judged));
  const hasRawHtml = (html.match(/<[a-z!?/][^>]*(?:>|$)/gi) ?? []).some((tag) => markdown.includes(tag));
  if (shown === expected || !hasRawHtml) return { shown, expected };
  return { shown: withoutSpace(tree.map(source).join('')), expected: withoutSpace(decode(html)) };
}

/** The renderer's elements as the specification would write them. */
function plain(node: HtmlNode): HtmlNode[] {
  if (typeof node === 'string') return [decode(node)];
  const { name, attributes } = node;
  const children = node.children.flatMap(plain);
  const classes = attributes['class'] ?? '';
  const heading = /ac-md-h(\d)/.exec(classes);
  if (heading) return [{ name: `h${heading[1]!}`, attributes: {}, children }];
  if (/ac-md-code-bar/.test(classes)) return [];
  if (/ac-md-code\b(?!-)/.test(classes)) {
    const language = attributes['data-language'];
    const code = {
      name: 'code',
      attributes: language ? { class: `language-${language}` } : {},
      children: [text(node, 'code')],
    };
    return [{ name: 'pre', attributes: {}, children: [code] }];
  }
  if (/^(?:div|span|thead|tbody)$/.test(name) || /ac-md-html/.test(classes)) return children;
  const align = attributes['data-align'];
  return [{ name, attributes: { ...kept(node), ...(align && { align }) }, children }];
}

/** The specification's elements after the policy. */
function judged(node: HtmlNode): HtmlNode[] {
  if (typeof node === 'string') return [decode(node)];
  const { name } = node;
  const children = node.children.flatMap(judged);
  const attributes = kept(node);
  if (/^(?:thead|tbody)$/.test(name)) return children;
  // The line feed after the last line of code is nothing to see.
  if (name === 'code') return [{ name, attributes, children: [text(node, name).replace(/\n$/, '')] }];
  const url = attributes['href'] ?? attributes['src'];
  if (url === undefined) return [{ name, attributes, children }];
  const safe = safeUrl(url.replaceAll('%5C', '\\'), policy);
  if (name === 'img') {
    if (safe === null || !isImageAllowed(safe, policy)) return [attributes['alt'] ?? ''];
    return [{ name, attributes: { ...attributes, src: safe }, children }];
  }
  if (safe === null) return children;
  const isBare = text(node, 'a').startsWith('www.');
  return [{ name, attributes: { href: isBare ? safe.replace('http:', 'https:') : safe }, children }];
}

const meaningful: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  img: ['src', 'alt'],
  ol: ['start'],
  td: ['align'],
  th: ['align'],
  input: ['checked'],
  code: ['class'],
};

function kept({ name, attributes }: HtmlElement): Record<string, string> {
  const entries = Object.entries(attributes).filter(([attribute, value]) => {
    const isUsual = (attribute === 'start' && value === '1') || value.startsWith('ac-md');
    return meaningful[name]?.includes(attribute) && !isUsual;
  });
  return Object.fromEntries(entries.map(([attribute, value]) => [attribute, decode(value)]));
}

const blocks = /^(?:p|h\d|pre|blockquote|[uo]l|li|table|t[rhd]|hr|input)$/;

/** Blocks as text. Running text beside blocks, as in a tight list's entries, counts as a paragraph. */
function structure(nodes: readonly HtmlNode[], parent = 'body'): string {
  let result = '';
  let running = '';
  const endRun = (): void => {
    const words = running
      .replace(/[ \t\n]+/g, ' ')
      .replace(/ ?(<br>) ?/g, '$1')
      .trim();
    running = '';
    if (words !== '') result += /^(?:li|blockquote|body)$/.test(parent) ? `<p>${words}</p>` : words;
  };
  for (const node of nodes) {
    if (typeof node === 'string' || !blocks.test(node.name)) running += inline(node);
    else {
      endRun();
      const isCode = node.name === 'pre';
      const content = isCode ? node.children.map(inline).join('') : structure(node.children, node.name);
      if (content !== '' || !/^(?:p|h\d)$/.test(node.name)) result += `${opening(node)}${content}</${node.name}>`;
    }
  }
  endRun();
  return result;
}

function inline(node: HtmlNode): string {
  if (typeof node === 'string') return node.replaceAll('<', '&lt;');
  if (node.name === 'br') return '<br>';
  const content = node.children.map(inline).join('');
  return `${opening(node)}${content}</${node.name}>`;
}

function opening({ name, attributes }: HtmlElement): string {
  const list = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${value}"`);
  return `<${name}${list.join('')}>`.replaceAll('%5B', '[').replaceAll('%5D', ']');
}

/** An element as HTML in which words are not escaped, so that words that were raw HTML are HTML again. */
function source(node: HtmlNode): string {
  if (typeof node === 'string') return node;
  const isVoid = /^(?:br|hr|img|input)$/.test(node.name);
  return `${opening(node)}${node.children.map(source).join('')}${isVoid ? '' : `</${node.name}>`}`;
}

function withoutSpace(html: string): string {
  return html
    .replaceAll(base, '/')
    .replace(/<\/?p>/g, '')
    .replace(/\s*\/?>/g, '>')
    .replace(/\s+/g, '');
}

/** The text of the elements of a name. */
function text(node: HtmlNode, name: string, isInside = false): string {
  if (typeof node === 'string') return isInside ? decode(node) : '';
  return node.children.map((child) => text(child, name, isInside || node.name === name)).join('');
}

function decode(escaped: string): string {
  return escaped
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}
