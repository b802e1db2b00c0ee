import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import MagicString from 'magic-string';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };
import { SUPPORTED_BROWSERS } from './supportedBrowsers.js';
import { launchOptions } from './test/support/chromium.js';

// Dependencies that the host installs; everything else that src imports is bundled (lucide-react's icons).
const external = [
  /^node:/,
  /^(react|react-dom|zustand|eventsource-parser|ulid|valibot|idb|hono|minisearch)($|\/)/,
  /^@hono\//,
];
/** Made anew for each project: Vitest names the instances it is given, and refuses a name that comes twice. */
const chromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  viewport: { width: 800, height: 700 },
  provider: playwright({ launchOptions }),
  instances: [{ browser: 'chromium' as const }],
});

/** What Vitest prepares before the first test: what it finds later makes it load the page again. */
const prepared = [
  'zustand/vanilla',
  'eventsource-parser',
  'ulid',
  'valibot',
  'idb',
  'hono',
  'minisearch',
  'lucide-react',
  'temml',
  'axe-core',
];

const PREACT: Readonly<Record<string, string>> = {
  react: 'preact/compat',
  'react-dom': 'preact/compat',
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
};

const PREACT_IN_TESTS = {
  ...PREACT,
  react: fileURLToPath(new URL('test/support/preactAsReact.ts', import.meta.url)),
  'react/jsx-dev-runtime': 'preact/jsx-dev-runtime',
};

/** Where their order counts. Rows that come and go take long, and styles are the same: they are run by `PREACT=all npx vitest run --project preact`. */
const PREACT_FILES = [
  'test/embed/*.browser.test.tsx',
  'test/components/**/{Resizer,SearchBar,Transcript,partBoundary}.browser.test.tsx',
];

/** React weighs 69 kB in a script tag, preact 8. Environments share one alias table, so the swap is a plugin of one of them. */
const preactInEmbed: Plugin = {
  name: 'preact-in-embed',
  enforce: 'pre',
  applyToEnvironment: (environment) => environment.name === 'embed',
  resolveId(source, importer) {
    const replacement = PREACT[source];
    return replacement === undefined ? null : this.resolve(replacement, importer, { skipSelf: true });
  },
};

/** Icons are drawn by a few lines of ours: lucide's component weighs as much as all the icons that we use. */
const smallIcons: Plugin = {
  name: 'small-icons',
  enforce: 'pre',
  transform(_code, id) {
    if (!/\/lucide-react\/dist\/esm\/createLucideIcon\.mjs$/.test(id)) return null;
    const ours = fileURLToPath(new URL('src/components/controls/createIcon.ts', import.meta.url));
    return { code: `export { createIcon as default } from ${JSON.stringify(ours)};`, map: null };
  },
};

const SCRIPT = 'agent-chat.js';
/** Where the script leaves what its lazy chunks share with it: no name on `window`, and none that a second version of the script would take for its own. */
const SHARED = `globalThis[Symbol.for('agent-chat-widget ${manifest.version}')]`;

/**
 * A module cannot be loaded by a plain script tag, and a plain script cannot be imported: a chunk that imported it would run it a second time, with a second preact in it. So
 * the script becomes a plain one that leaves its exports where the chunks find them.
 */
const classicScript: Plugin = {
  name: 'classic-script',
  applyToEnvironment: (environment) => environment.name === 'embed',
  renderChunk(code, chunk) {
    const text = new MagicString(code);
    if (chunk.fileName === SCRIPT) {
      const [statement, names] = once(code, /^export \{([^}]*)\};?$/gm);
      text.overwrite(
        statement.start,
        statement.end,
        `${SHARED} ??= { ${names.replace(/([\w$]+) as ([\w$]+)/g, '$2: $1')} };`,
      );
      text.prepend('(() => {\n').append('\n})();');
    } else if (chunk.imports.includes(SCRIPT)) {
      const [statement, names] = once(code, /^import \{([^}]*)\} from "[^"]*\/agent-chat\.js";?$/gm);
      text.overwrite(statement.start, statement.end, `const {${names.replaceAll(' as ', ': ')}} = ${SHARED};`);
    }
    return { code: text.toString(), map: text.generateMap({ hires: true }) };
  },
};

function once(code: string, pattern: RegExp): [{ start: number; end: number }, string] {
  const [match, ...others] = code.matchAll(pattern);
  if (!match || others.length > 0)
    throw new Error(`The bundler writes modules in another way now: ${pattern} is not there once.`);
  return [{ start: match.index, end: match.index + match[0].length }, match[1] ?? ''];
}

const script = fileURLToPath(new URL('src/embed/script.ts', import.meta.url));

/** Each language is an entry: an app loads those that it imports. */
const locales = Object.fromEntries(
  readdirSync(new URL('src/components/locales', import.meta.url)).map((file) => {
    const path = `components/locales/${basename(file, '.ts')}`;
    return [path, `src/${path}.ts`];
  }),
);

/** Each theme is a stylesheet of its own, beside the widget's. */
const themes = Object.fromEntries(
  readdirSync(new URL('src/components/themes', import.meta.url)).map((file) => {
    const path = `components/themes/${basename(file, '.css')}`;
    return [path, `src/${path}.css`];
  }),
);

// Bundled code keeps its authors' notices: the icons', and in the script tag everybody's.
const license = { fileName: 'THIRD_PARTY_LICENSES.md' };

/** Three bundles from one source: `vite build --app`. */
const bundles: UserConfig = {
  environments: {
    // What apps import: ES modules, one file per source file, so that a bundler keeps only what is used.
    // Not named `client`: Storybook and the demo build that one and must not inherit library options.
    library: {
      consumer: 'client',
      build: {
        outDir: 'dist',
        emptyOutDir: true,
        license,
        cssCodeSplit: true, // lib mode turns this off; a CSS entry needs it on
        cssTarget: SUPPORTED_BROWSERS,
        lib: {
          entry: {
            index: 'src/index.ts',
            core: 'src/core.ts',
            math: 'src/math.ts',
            styles: 'src/styles.css',
            'styles.layer': 'src/styles.layer.css',
            'embed/index': 'src/embed/index.ts',
            ...locales,
            ...themes,
          },
          formats: ['es'],
        },
        rolldownOptions: {
          external,
          output: {
            preserveModules: true,
            preserveModulesRoot: 'src',
            // npm leaves every folder named node_modules out of a package, also inside dist.
            entryFileNames: (chunk) => `${chunk.name.replace(/(^|.*\/)node_modules\//, 'vendor/')}.js`,
            // Both stylesheets would be called `styles`: Rolldown drops what follows the first dot of an entry's name.
            assetFileNames: (asset) => asset.originalFileNames[0]?.replace(/^src\//, '') ?? '[name][extname]',
          },
        },
      },
    },
    // What Node, workers and tests import.
    server: {
      consumer: 'server',
      build: {
        outDir: 'dist',
        emptyOutDir: false,
        ssr: true,
        rolldownOptions: {
          input: {
            'proxy/index': 'src/proxy/index.ts',
            'emulator/index': 'src/emulator/index.ts',
            'cli/index': 'src/cli/index.ts',
          },
          external,
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    // What a <script> tag loads: one file that opens and streams, preact inside, and beside it what not every visitor needs.
    embed: {
      consumer: 'client',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: 'dist/embed',
        emptyOutDir: false,
        license,
        minify: true,
        cssTarget: SUPPORTED_BROWSERS,
        lib: {
          entry: script,
          formats: ['es'],
          fileName: () => SCRIPT,
        },
        rolldownOptions: {
          preserveEntrySignatures: 'allow-extension',
          output: {
            minify: true, // in full: in module libraries Vite leaves the white space
            chunkFileNames: 'agent-chat/[name]-[hash].js',
            codeSplitting: {
              groups: [{ name: 'script', tags: ['$initial'] }],
            },
          },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['library', 'server', 'embed']) await builder.build(builder.environments[name]!);
    },
  },
};

export default defineConfig(({ command }) => ({
  plugins: [react(), preactInEmbed, smallIcons, classicScript],
  publicDir: false,
  build: { target: 'es2022', sourcemap: true, minify: false, reportCompressedSize: false },
  // Not while serving: tests, stories and the demo would prepare dependencies for three environments that they never use.
  ...(command === 'build' ? bundles : {}),
  test: {
    // What a failed run tells developers; the tests of it listen themselves, and many others make runs fail.
    onConsoleLog: (log) => !log.startsWith('AgentChatError'),
    // For what hangs. Thousands of random cases take longer than the usual 5 s where others work on the same processors.
    testTimeout: 30_000,
    // Files share a process, or a page: loading what they try takes longer than most of them. Each leaves nothing behind that another would find.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{e2e,audits,package,bench,faults/browser,security}/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['test/**/*.test.tsx'],
          exclude: ['**/*.browser.test.tsx', 'test/bench/**'],
          setupFiles: ['test/support/dom.ts'],
        },
      },
      {
        extends: true,
        optimizeDeps: {
          include: [
            'react',
            'react-dom',
            'react-dom/client',
            'react/jsx-runtime',
            'react/jsx-dev-runtime',
            'react-dom/server',
            'vitest-browser-react',
            ...prepared,
          ],
        },
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.tsx'],
          setupFiles: ['test/support/countRenders.ts'], // before React, which looks for it when it is loaded
          browser: chromium(),
        },
      },
      // Again on preact, as in the script tag: effects, focus and events come in another order there.
      {
        extends: true,
        resolve: {
          alias: Object.entries(PREACT_IN_TESTS).map(([name, replacement]) => ({
            find: new RegExp(`^${name}$`),
            replacement,
          })),
        },
        optimizeDeps: {
          include: [
            'preact',
            'preact/compat',
            'preact/compat/client',
            'preact/jsx-runtime',
            'preact/jsx-dev-runtime',
            ...prepared,
          ],
        },
        test: {
          name: 'preact',
          include: process.env['PREACT'] === 'all' ? ['test/**/*.browser.test.tsx'] : PREACT_FILES,
          exclude: ['**/renders.browser.test.tsx'], // counts React's renders
          browser: chromium(),
        },
      },
      // Whole pages in a browser, and the package as it is published: both take what `npm run build` made.
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/{e2e,faults/browser}/**/*.test.ts'],
          // After the others and one at a time: each drives browsers of its own, and a page that gets no processor looks like one that hangs.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 90_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      // Every story and every hostile text, looked at one after the other: they take long, and no clock is watched in them.
      {
        extends: true,
        test: {
          name: 'audits',
          environment: 'node',
          include: ['test/{audits,security}/**/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          testTimeout: 600_000,
          hookTimeout: 90_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        extends: true,
        test: { name: 'package', environment: 'node', include: ['test/package/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        plugins: [storybookTest({ configDir: 'stories/.storybook', disableAddonDocs: true })],
        test: { name: 'stories', browser: chromium() },
      },
    ],
  },
}));
