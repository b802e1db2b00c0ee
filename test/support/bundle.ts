import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';

const project = fileURLToPath(new URL('../../', import.meta.url));

const made = new Map<string, Promise<string>>();

/**
 * A module and everything it imports as one file: made once, as the files of a run that share a process share its bundles.
 *
 * @param entry - relative to the project.
 * @param react - the folders of node_modules that stand for react and react-dom.
 * @param mode - what visitors have; in development React checks much, and takes its time for it.
 */
export function bundle(
  entry: string,
  react: ReactFolders,
  mode: 'development' | 'production' = 'production',
): Promise<string> {
  const key = JSON.stringify([entry, react, mode]);
  const making = made.get(key) ?? make(entry, react, mode);
  made.set(key, making);
  return making;
}

interface ReactFolders {
  readonly react: string;
  readonly dom: string;
}

async function make(entry: string, react: ReactFolders, mode: 'development' | 'production'): Promise<string> {
  const output = (await build({
    configFile: false,
    root: project,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    oxc: { jsx: { runtime: 'automatic', development: mode === 'development' } },
    resolve: {
      alias: [
        { find: /^react$/, replacement: `${project}node_modules/${react.react}/index.js` },
        { find: /^react\/(.*)$/, replacement: `${project}node_modules/${react.react}/$1.js` },
        { find: /^react-dom\/server$/, replacement: `${project}node_modules/${react.dom}/server.browser.js` },
        { find: /^react-dom$/, replacement: `${project}node_modules/${react.dom}/index.js` },
        { find: /^react-dom\/(.*)$/, replacement: `${project}node_modules/${react.dom}/$1.js` },
      ],
    },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: project + entry, formats: ['iife'], name: 'bundled', fileName: 'bundle' },
    },
  })) as Rollup.RollupOutput[] | Rollup.RollupOutput;
  const [first] = (Array.isArray(output) ? output : [output]).flatMap((each) => each.output);
  if (first?.type !== 'chunk') throw new Error(`${entry} did not become one file.`);
  return first.code;
}
