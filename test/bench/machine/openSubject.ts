import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Bench } from '../page/main.js';

export interface OpenSubject {
  readonly page: Page;
  readonly session: CDPSession;
  /** Calls the page. @throws Unfinished after `LIMIT_MS`; the page cannot be used then. */
  call<Name extends keyof Bench>(
    name: Name,
    ...given: Parameters<Bench[Name]>
  ): Promise<Awaited<ReturnType<Bench[Name]>>>;
  close(): Promise<void>;
}

/** How long a page may take for one call before it counts as unfinished. */
export const LIMIT_MS = 90_000;

/** Thrown where a peer does not come to an end. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';
}

/** An empty page of its own, so that nothing is left of whoever was measured before. */
export async function openSubject(browser: Browser, url: string): Promise<OpenSubject> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in window);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    page,
    session,
    async call(name, ...given) {
      const result = page.evaluate(
        ({ name, given }) => (window.bench[name] as (...given: unknown[]) => unknown)(...given),
        { name, given },
      );
      // A page that is closed while it works rejects; nobody waits for that any more.
      result.catch(() => undefined);
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Unfinished(`${name} took more than ${LIMIT_MS / 1000} s.`)), LIMIT_MS);
      });
      try {
        const value = await Promise.race([result, limit]);
        if (complaints.length > 0) throw new Error(`The page threw: ${complaints.join('; ')}`);
        return value as never;
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => context.close(),
  };
}
