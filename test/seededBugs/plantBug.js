// @ts-check
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Changes the sources on their way into a bundle.
 *
 * @param {import('./bugs.js').SeededBug} bug
 * @returns {import('vite').Plugin}
 */
export function plantBug({ name, changes }) {
  const left = new Set(changes);
  return {
    name: 'seeded-bug',
    enforce: 'pre',
    transform(code, id) {
      let changed = code;
      for (const change of changes.filter(({ file }) => id === root + file)) {
        const places = changed.split(change.from).length - 1;
        if (places !== 1) this.error(`"${name}" no longer applies: its text stands ${places} times in ${change.file}.`);
        changed = changed.replace(change.from, () => change.to);
        left.delete(change);
      }
      return changed === code ? null : { code: changed, map: null };
    },
    buildEnd(error) {
      if (error) return;
      for (const { file } of left) this.error(`"${name}" no longer applies: ${file} is not part of the histories.`);
    },
  };
}
