// @ts-check
// Node 20 reads no TypeScript, and a module runner is slow where the same code runs thousands of times.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Bundles a module with our sources; packages stay outside. What is loaded when it is needed is in the bundle too.
 *
 * @param {string} input the module, from the project's root
 * @param {string} name of the bundle: two at work at the same time need two
 * @param {import('vite').Plugin[]} plugins what is done to the sources before
 * @returns {Promise<string>} the file
 */
export async function bundleForNode(input, name, plugins = []) {
  const outDir = `${root}node_modules/.cache/agent-chat-widget/${name}`;
  await build({
    ...{ root, configFile: false, logLevel: 'error', publicDir: false, plugins },
    build: {
      ...{ ssr: true, outDir, emptyOutDir: true, minify: false, target: 'node20', reportCompressedSize: false },
      rolldownOptions: { input: root + input, output: { entryFileNames: 'bundle.js', codeSplitting: false } },
    },
  });
  return `${outDir}/bundle.js`;
}
