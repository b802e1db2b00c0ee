import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, chromiumPath } from './test/support/chromium.js';

// Dependencies that the host installs; everything else that src imports is bundled (lucide-react's icons).
const external = [
  /^node:/,
  /^(react|react-dom|zustand|eventsource-parser|ulid|valibot|idb|hono|minisearch)($|\/)/,
  /^@hono\//,
];
const cssTarget = ['chrome123', 'firefox120', 'safari17.5'];
/** Made anew for each project: Vitest names the instances it is given, and refuses a name that comes twice. */
const chromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  viewport: { width: 800, height: 700 },
  provider: playwright({ launchOptions: { executablePath: chromiumPath, args: chromiumArgs } }),
  instances: [{ browser: 'chromium' as const }],
});

const PREACT: Readonly<Record<string, string>> = {
  react: 'preact/compat',
  'react-dom': 'preact/compat',
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
};

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
    const ours = fileURLToPath(new URL('src/components/createIcon.ts', import.meta.url));
    return { code: `export { createIcon as default } from ${JSON.stringify(ours)};`, map: null };
  },
};

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
        cssTarget,
        lib: {
          entry: {
            index: 'src/index.ts',
            core: 'src/core.ts',
            styles: 'src/styles.css',
            'styles.layer': 'src/styles.layer.css',
            'embed/index': 'src/embed/index.ts',
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
    // What a <script> tag loads: one self-contained file, preact inside.
    embed: {
      consumer: 'client',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: 'dist/embed',
        emptyOutDir: false,
        license,
        minify: true,
        cssTarget,
        lib: {
          entry: 'src/embed/script.ts',
          formats: ['iife'],
          name: 'AgentChatScript',
          fileName: () => 'agent-chat.js',
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
  plugins: [react(), preactInEmbed, smallIcons],
  publicDir: false,
  build: { target: 'es2022', sourcemap: true, minify: false, reportCompressedSize: false },
  // Not while serving: tests, stories and the demo would prepare dependencies for three environments that they never use.
  ...(command === 'build' ? bundles : {}),
  test: {
    // What a failed run tells developers; the tests of it listen themselves, and many others make runs fail.
    onConsoleLog: (log) => !log.startsWith('AgentChatError'),
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{e2e,package,bench,faults/browser}/**'],
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
            'zustand/vanilla',
            'eventsource-parser',
            'ulid',
            'valibot',
            'idb',
            'hono',
            'minisearch',
            'lucide-react',
            'react-dom/server',
            'vitest-browser-react',
            'axe-core',
          ],
        },
        test: { name: 'browser', include: ['test/**/*.browser.test.tsx'], browser: chromium() },
      },
      // Whole pages in a browser, and the package as it is published: both take what `npm run build` made.
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts', 'test/faults/browser/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
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
