// @ts-check
import { existsSync } from 'node:fs';

/** @param {readonly (string | undefined)[]} paths */
const firstOf = (paths) => paths.find((path) => path !== undefined && existsSync(path));

/** A whole Chromium: it keeps a profile on the disk, and pages that were left. Nothing is downloaded from a browser's vendor. */
export const chromium = firstOf([
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]);

/** The same engine without what a desktop needs: it starts in a fifth of the time, and most tests start one. */
export const headlessShell = process.env.CHROMIUM_PATH ? undefined : firstOf(['/usr/bin/chromium-headless-shell']);

/** Without these a headless Chromium calls home on every start, which a closed network refuses many times over. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const wholePath = chromium ?? '/usr/bin/chromium'; // where there is none, that is what is said to be missing

/** How the browser of a test is started, where it need not outlive anything. */
export const launchOptions = { executablePath: headlessShell ?? wholePath, args };

/** Where it has to: a profile that is opened again, a page that the visitor goes back to. */
export const wholeBrowser = { executablePath: wholePath, args };
