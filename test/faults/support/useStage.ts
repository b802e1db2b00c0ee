import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  LaunchOptions,
  Page,
  Request as PageRequest,
} from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createEmulator, type Scenario, type Turn } from '../../../src/emulator/index.js';
import { createAgentProxy, type AgentProxyOptions } from '../../../src/proxy/index.js';
import { launchChromium } from '../../support/browserPage.js';
import { bundle } from '../../support/bundle.js';
import { countOpenBodies } from './countOpenBodies.js';
import {
  createFaults,
  startFaultServer,
  type ArrivedRequest,
  type Faults,
  type FaultServer,
} from '../../support/faultServer.js';
import type { Fault } from '../../support/faultServerFaults.js';
import type { PageOptions } from './page.js';
import type { Call, Wire } from './wire.js';

export interface Stage {
  /** Between the browser and the proxy. Page and proxy have one origin. */
  readonly front: FaultServer;
  /** Between the proxy and the API. */
  readonly back: Faults;
  /** The messages that reached the agent: the truth about what was sent how often. */
  asked(): readonly ArrivedRequest[];
  readonly browser: Browser;
  /** What the agent does from now on. */
  play(scenario: Scenario): void;
  /** Lets the next requests of this kind go wrong on their way from the browser. */
  breaks(kind: Call['kind'], fault: Fault, times?: number): void;
  /** How many answers of the API are being read: by the proxy, or by whoever fails in its place. */
  reading(): number;
  /** How many requests of this kind have reached the proxy. */
  arrivals(kind: Call['kind']): number;
  /** A visitor with a page of their own; with `beside` a second page of the same visitor. */
  visit(options?: VisitOptions): Promise<Visit>;
}

export interface VisitOptions extends Partial<PageOptions> {
  readonly beside?: Visit;
  readonly context?: BrowserContextOptions;
  /** The page's time, which goes on by itself and can be moved by `page.clock`. Epoch milliseconds; default: the machine's. */
  readonly time?: number;
  /** A script that runs before the page's own. */
  readonly init?: string;
}

/** A visitor with an open chat. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Writes and presses Enter. */
  say(words: string): Promise<void>;
  /** Resolves once the transcript shows that, complete or not. */
  sees(words: string | RegExp): Promise<void>;
  /** Resolves once the transcript shows that and nothing is on its way any more. */
  reads(words: string | RegExp): Promise<void>;
  transcript(): Promise<string>;
  /** Resolves once the notice about the connection says that. */
  isNotified(words: string | RegExp): Promise<void>;
  /** How many requests of this kind the page has made, whether they arrived or not. Chromium sends some of them twice by itself, which nobody sees. */
  attempts(kind: Call['kind']): number;
  /** @returns how many of the page's requests are under way, of those that it makes from now on. */
  watchRequests(): () => number;
  /** What the page threw. */
  readonly errors: readonly string[];
  /** What the widget told developers in the console. */
  readonly told: readonly string[];
}

const MOUNT = '/api/agent-chat';

/**
 * For every test: a real browser, a page with the widget, our proxy, the emulator, and a network that fails as told between each of them.
 *
 * @param limits - of the proxy, that a test may shorten; `shipped` for those that everybody has.
 * @param options.launch - how the browser is started, where that matters.
 * @param options.mode - of React's.
 */
export function useStage(
  limits: AgentProxyOptions['limits'] | 'shipped' = {},
  options: { readonly launch?: LaunchOptions; readonly mode?: 'development' | 'production' } = {},
): (wire: Wire) => Stage {
  let browser: Browser;
  let script: string;
  let front: FaultServer;
  let contexts: BrowserContext[];
  let asked = 0;
  // Made first, and once: a proxy that is younger than a message cannot prove that the message did not come.
  const backend = createBackend(limits === 'shipped' ? {} : { heartbeatMs: 200, ...limits });

  beforeAll(async () => {
    [script, browser] = await Promise.all([
      bundle('test/faults/support/page.tsx', { react: 'react', dom: 'react-dom' }, options.mode),
      launchChromium(options.launch),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    backend.close();
  });
  beforeEach(async () => {
    contexts = [];
    asked = backend.back.arrived.length;
    backend.back.clear();
    front = await startFaultServer(async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(MOUNT)) return backend.proxy.fetch(request);
      if (pathname === '/page.js') return new Response(script, { headers: { 'content-type': 'text/javascript' } });
      const html = '<!doctype html><html lang="en"><title>Faults</title><body>';
      const ours = pathname === '/host' ? '' : '<script src="/page.js"></script>';
      return new Response(html + ours, { headers: { 'content-type': 'text/html; charset=utf-8' } });
    });
  });
  afterEach(async () => {
    for (const context of contexts) await context.close();
    await front.close();
  });

  return (wire) => {
    const kindOf = (method: string, path: string) => wire.readCall(method, path, undefined)?.kind;
    return {
      front,
      browser,
      play: backend.play,
      back: backend.back,
      reading: backend.reading,
      asked: () => backend.back.arrived.slice(asked).filter(({ messageId }) => messageId !== null),
      breaks: (kind, fault, times) =>
        front.inject(({ method, url }) => kindOf(method, new URL(url).pathname) === kind, fault, times),
      arrivals: (kind) => front.arrived.filter(({ method, path }) => kindOf(method, path) === kind).length,
      async visit({ beside, context: given, time, init, ...options } = {}) {
        const context = beside?.context ?? (await browser.newContext(given));
        if (!beside) contexts.push(context);
        if (init !== undefined) await context.addInitScript(init);
        if (time !== undefined) await context.clock.install({ time });
        const told: PageOptions = { wire: wire.name, url: MOUNT, silenceMs: 1_500, chance: 0.1, ...options };
        return openVisit(context, `${front.url}/#${encodeURIComponent(JSON.stringify(told))}`, kindOf);
      },
    };
  };
}

function createBackend(limits: NonNullable<AgentProxyOptions['limits']>) {
  let scenario: Scenario | null = null;
  const emulator = createEmulator({
    apiKey: 'emulator-key',
    agents: {
      support: (turn: Turn) => {
        if (!scenario) throw new Error('Nobody said what the agent does.');
        return scenario(turn);
      },
    },
  });
  const back = createFaults((request) => emulator.fetch(request));
  const open = countOpenBodies();
  const proxy = createAgentProxy({
    apiKey: emulator.apiKey,
    upstream: 'http://api.test',
    agents: { support: { key: 'support', displayName: 'Ada' } },
    origins: [],
    basePath: MOUNT,
    limits,
    reviews: '/__emulator/tasks/{task_id}/reviews/{tool_call_id}',
    fetch: async (url, init) => open.count(await back.handle(new Request(url, init))),
    logger: () => undefined,
  });
  return {
    back,
    proxy,
    reading: open.now,
    play: (next: Scenario) => void (scenario = next),
    close: () => emulator.close(),
  };
}

async function openVisit(
  context: BrowserContext,
  address: string,
  kindOf: (method: string, path: string) => Call['kind'] | undefined,
): Promise<Visit> {
  const page = await context.newPage();
  const kinds: (Call['kind'] | undefined)[] = [];
  page.on('request', (request) => kinds.push(kindOf(request.method(), new URL(request.url()).pathname)));
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const told: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('agent-chat-widget')) told.push(message.text());
  });
  await page.goto(address);
  const box = page.getByRole('textbox', { name: 'Message' });
  const log = page.getByRole('log', { name: 'Conversation' });
  await box.waitFor();
  const sees = (words: string | RegExp) => log.getByText(words).last().waitFor();
  return {
    page,
    context,
    errors,
    told,
    sees,
    async say(words) {
      await box.fill(words);
      await box.press('Enter');
    },
    async reads(words) {
      await sees(words);
      await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    },
    transcript: () => log.innerText(),
    attempts: (kind) => kinds.filter((each) => each === kind).length,
    watchRequests() {
      const open = new Set<PageRequest>();
      page.on('request', (request) => open.add(request));
      page.on('requestfinished', (request) => open.delete(request));
      page.on('requestfailed', (request) => open.delete(request));
      return () => open.size;
    },
    isNotified: (words) => page.locator('[data-ac="connection-notice"]').getByText(words).waitFor(),
  };
}

/** Something that waits until it is let go. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
