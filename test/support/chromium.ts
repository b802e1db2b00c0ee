import { existsSync } from 'node:fs';

const candidates = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser that the tests drive. Nothing is downloaded: `npm test` installs Debian's where none is found. */
export const chromiumPath: string =
  candidates.find((path) => path !== undefined && existsSync(path)) ?? '/usr/bin/chromium';

/** Without these a headless Chromium calls home on every start, which a closed network refuses many times over. */
export const chromiumArgs: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
