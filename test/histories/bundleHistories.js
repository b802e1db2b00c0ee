// @ts-check
import { fileURLToPath } from 'node:url';
import { bundleForNode } from '../support/bundleForNode.js';

const onScreen = fileURLToPath(new URL('reactOnScreen.ts', import.meta.url));

/** Our components are drawn without a browser, and as they look in one that has loaded them. */
const ON_SCREEN = {
  name: 'react-on-screen',
  enforce: /** @type {const} */ ('pre'),
  /**
   * @param {string} source
   * @param {string | undefined} importer
   */
  resolveId: (source, importer) => (source === 'react' && importer !== onScreen ? onScreen : null),
};

/**
 * @param {string} name of the bundle
 * @param {import('vite').Plugin[]} [plugins] what is done to the sources before
 * @returns {Promise<string>} the file
 */
export function bundleHistories(name, plugins = []) {
  process.env['NODE_ENV'] = 'production'; // for the bundle and for those who play it: React's own checks are not what is tried here, and take half of the time
  return bundleForNode('test/histories/campaign.ts', name, [ON_SCREEN, ...plugins]);
}
