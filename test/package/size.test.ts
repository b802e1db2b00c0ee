import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
const KB = 1000;

/** gzip −9 of what a page loads at once: the entry and its static imports, minified as an app's bundler would. */
async function closureSize(code: string, external: readonly RegExp[]): Promise<number> {
  const entry = 'virtual:entry.js';
  const output = (await build({
    configFile: false,
    root: project,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? `\0${entry}` : null),
        load: (id) => (id === `\0${entry}` ? code : null),
      },
      {
        // Belongs to this bundler, not to us.
        name: 'no-preload-helper',
        enforce: 'pre',
        load: (id) => (id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load();' : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rolldownOptions: { input: entry, external: [...external], preserveEntrySignatures: 'strict' },
    },
  })) as Rollup.RollupOutput;
  const chunks = output.output.filter((file) => file.type === 'chunk');
  const loaded = new Set<string>();
  const load = (fileName: string): void => {
    const chunk = chunks.find((each) => each.fileName === fileName);
    if (!chunk || loaded.has(fileName)) return;
    loaded.add(fileName);
    chunk.imports.forEach(load);
  };
  chunks.filter((chunk) => chunk.isEntry).forEach((chunk) => load(chunk.fileName));
  const text = chunks
    .filter((chunk) => loaded.has(chunk.fileName))
    .map((chunk) => chunk.code)
    .join('');
  return gzipSync(text, { level: 9 }).length;
}

const react = [/^react($|\/)/, /^react-dom($|\/)/];

describe('what a page has to load', () => {
  it('core, transport and storage: at most 16 kB', async () => {
    const size = await closureSize(
      "export { createConversation, createResponsesTransport, createBrowserStorage, createBrowserTabs } from 'agent-chat-widget/core';",
      [],
    );
    console.log(`core + transport + storage: ${size} B gz of 16 kB`);
    expect(size).toBeLessThanOrEqual(16 * KB);
  });

  it('the widget, React apart: at most 45 kB', async () => {
    const size = await closureSize("export { AgentChatWidget } from 'agent-chat-widget';", react);
    console.log(`widget, React external: ${size} B gz of 45 kB`);
    expect(size).toBeLessThanOrEqual(45 * KB);
  });

  it('the hook alone does not bring the widget', async () => {
    const size = await closureSize("export { useAgentConversation } from 'agent-chat-widget';", react);
    console.log(`hook, React external: ${size} B gz`);
    expect(size).toBeLessThanOrEqual(17 * KB);
  });

  it('the script tag, preact inside: at most 60 kB', () => {
    const size = gzipSync(readFileSync(`${project}dist/embed/agent-chat.js`), { level: 9 }).length;
    console.log(`agent-chat.js: ${size} B gz of 60 kB`);
    expect(size).toBeLessThanOrEqual(60 * KB);
  });

  it('the highlighter, which comes with the first code block: at most 15 kB', async () => {
    const folder = `${project}dist/embed/agent-chat/`;
    const chunk = readdirSync(folder).find((name) => /^highlightCode-.*\.js$/.test(name))!;
    const sizes = [
      await closureSize(`export * from '${project}dist/markdown/highlightCode.js';`, []),
      gzipSync(readFileSync(folder + chunk), { level: 9 }).length,
    ];
    console.log(`highlighter, npm and script tag: ${sizes.join(' and ')} B gz of 15 kB`);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(15 * KB);
    expect(Math.min(...sizes)).toBeGreaterThan(KB);
  });

  it('formulas: at most 3 kB for who imports them, and 70 kB with the first one', async () => {
    const entry = await closureSize("export { math } from 'agent-chat-widget/math';", react);
    const folder = `${project}dist/embed/agent-chat/`;
    const pieces = readdirSync(folder).filter((name) => /^renderTex-.*\.js$/.test(name));
    const sizes = pieces.map((name) => gzipSync(readFileSync(folder + name), { level: 9 }).length);
    console.log(`math: ${entry} B gz of 3 kB, with the first formula ${sizes.join(' + ')} B gz of 70 kB`);
    expect(entry).toBeLessThanOrEqual(3 * KB);
    expect(sizes).toHaveLength(1);
    expect(sizes[0]).toBeLessThanOrEqual(70 * KB);
  });

  it('the queue stub: at most 2 kB', () => {
    const readme = readFileSync(`${project}README.md`, 'utf8');
    const stub = /window\.AgentChat = window[^\n]*\n/.exec(readme)?.[0] ?? '';
    expect(stub).toContain('AgentChat.q');
    expect(gzipSync(stub, { level: 9 }).length).toBeLessThanOrEqual(2 * KB);
  });
});
