import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));

function inPlainNode(code: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: project, encoding: 'utf8' });
}

describe('every entry but the embed is imported by plain Node', () => {
  it.each([
    'agent-chat-widget',
    'agent-chat-widget/core',
    'agent-chat-widget/math',
    'agent-chat-widget/locales/de',
    'agent-chat-widget/proxy',
    'agent-chat-widget/emulator',
  ])('%s', (entry) => {
    const names = inPlainNode(`console.log(Object.keys(await import('${entry}')).length)`);
    expect(Number(names)).toBeGreaterThan(0);
  });
});

it('the core entry brings no React', () => {
  expect(closureOf('dist/core.js').filter((path) => /react|components|markdown/.test(path))).toEqual([]);
  expect(closureOf('dist/index.js')).toContain('react');
});

it('no language comes along that nobody asked for', () => {
  expect(closureOf('dist/index.js').filter((path) => path.includes('locales/'))).toEqual([]);
  expect(closureOf('dist/components/locales/de.js')).not.toContain('react');
  const script = readFileSync(`${project}dist/embed/agent-chat.js`, 'utf8');
  expect(script).toContain('agent-chat/de-');
  expect(script).not.toContain('Unterhaltung');
});

it.each(['paper', 'garden', 'mono'])('has the theme %s, which is tokens and nothing else', (name) => {
  const css = readFileSync(new URL(import.meta.resolve(`agent-chat-widget/themes/${name}.css`)), 'utf8');
  // Which an app's build tool would translate for older browsers, and thereby break: no color-scheme stands beside it.
  expect(css).not.toContain('light-dark(');
  expect(css.replace(/\/\*[^]*?\*\//g, '').trim()).toMatch(/^:root \{\s*(--ac-[\w-]+: [^;{}]+;\s*)+\}$/);
});

it('keeps a language usable from a server component', () => {
  expect(readFileSync(`${project}dist/components/locales/nl.js`, 'utf8')).toMatch(/^['"]use client['"]/);
});

it("keeps 'use client' on the React entry, and off the core", () => {
  expect(readFileSync(`${project}dist/index.js`, 'utf8')).toMatch(/^['"]use client['"]/);
  expect(readFileSync(`${project}dist/core.js`, 'utf8')).not.toMatch(/use client/);
});

it('ships neither the official SDK nor a trace of this machine', () => {
  const files = readdirSync(`${project}dist`, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(js|css|map|d\.ts)$/.test(path),
  );
  expect(files.length).toBeGreaterThan(50);
  for (const path of files) {
    const text = readFileSync(`${project}dist/${path}`, 'utf8');
    expect(text, path).not.toContain('@orq-ai/node');
    expect(text, path).not.toContain(project);
  }
});

it('the lock file names no registry host', () => {
  expect(readFileSync(`${project}package-lock.json`, 'utf8')).not.toMatch(/"resolved":/);
});

/** The files that an entry loads at once. */
function closureOf(entry: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(entry)) return [];
  seen.add(entry);
  const text = readFileSync(project + entry, 'utf8');
  for (const [, specifier = ''] of text.matchAll(/(?:from|import)\s*['"]([^'"]+)['"]/g)) {
    if (specifier.startsWith('.')) closureOf(new URL(specifier, `file:///${entry}`).pathname.slice(1), seen);
    else seen.add(specifier);
  }
  return [...seen];
}
