import { createManualClock } from '../support/manualClock.js';
import { createFaults } from '../support/faultServer.js';
import type { Fault } from '../support/faultServerFaults.js';
import { createFakeTabs } from '../support/fakeTabs.js';
import { createFakeWebStorage } from '../storage/fakeWebStorage.js';
import { createScriptedBackend } from '../faults/support/scriptedBackend.js';
import type { Call, Wire } from '../faults/support/wire.js';
import { play } from './answerPlan.js';
import type { Setting } from './command.js';
import { createPageTools } from './createPageTools.js';
import { faultKinds, type FaultName } from './faultKinds.js';
import { openTab, type Tab } from './openTab.js';

/** Faults of more than one request, and what visitors do with more than one message. */
export const WORLD_FAULTS = [
  ...(['offline', 'proxy restart', 'storage quota', 'failed write', 'reload', 'tab closed', 'tab crash'] as const),
  ...(['reset', 'another conversation', 'rename', 'delete', 'another person'] as const),
];
export type WorldFault = (typeof WORLD_FAULTS)[number];

/** A request that reached the backend, and what it was told. */
export interface LoggedRequest {
  readonly kind: Call['kind'];
  readonly messageId: string | null;
  readonly tab: string;
  readonly status: number;
  readonly at: number;
}

/** A request that left a page, whatever became of it. */
export interface Attempt {
  readonly kind: Call['kind'] | undefined;
  /** The task that it asks for; `null` where it asks for none, or says so in its body. */
  readonly taskId: string | null;
  readonly messageId: string | null;
  readonly tab: string;
}

export const MAX_TABS = 3;
const CONVERSATION_ID = 'c';

const OFFERS: Readonly<Record<Setting['backend'], readonly string[] | null>> = {
  proxy: ['cancel', 'receipts', 'replay', 'reviews', 'heartbeats'],
  'proxy without replay': ['receipts', 'heartbeats', 'reviews'],
  'plain Orq': null,
};
/** How long the proxy remembers an answer: shorter than some of the waits. */
const RETAINED_S = 120;
const EMPTY_DISK_CHARACTERS = 300;

export type World = ReturnType<typeof createWorld>;

/** An agent, what stands in front of it, a network, and one browser with its tabs and its disk. Time passes when told. */
export function createWorld(wire: Wire, { backend: kind, latency, hasTools, answers, person, chance }: Setting) {
  const clock = createManualClock();
  const backend = createScriptedBackend({ wire, clock, features: OFFERS[kind], retainedSeconds: RETAINED_S });
  const decisions = new Map<string, () => void>();
  const log: LoggedRequest[] = [];
  const applied = new Map<string, number>();
  const garbled = new Set<string | null>();
  const disk = createFakeWebStorage();
  const browser = createFakeTabs();
  const tools = createPageTools(clock);
  const tabs: Tab[] = [];
  const random = createRandom(chance);
  let isOnline = true;
  let pages = 0;
  let identity = person === null ? undefined : { id: person };
  let people = 0;
  const wakers = new Set<() => void>();

  backend.answersWith((run) => {
    const plan = answers[(backend.runs.length - 1) % answers.length]!;
    decisions.set(`${run.speaker.responseId}review`, play(plan, run, clock));
  });

  const callOf = (request: Request): Call | null =>
    wire.readCall(request.method, new URL(request.url).pathname, undefined);
  const faults = createFaults(
    async (request) => {
      const call = callOf(request)!;
      const response = await backend.handle(request);
      log.push({
        kind: call.kind,
        messageId: request.headers.get('idempotency-key'),
        tab: request.headers.get('x-tab') ?? '',
        status: response.status,
        at: clock.now(),
      });
      if (call.kind === 'review') decisions.get(call.toolCallId)?.();
      return response;
    },
    (ms) => new Promise((resolve) => clock.after(ms, resolve)),
  );
  const attempts: Attempt[] = [];

  const count = (name: FaultName | WorldFault): void => void applied.set(name, (applied.get(name) ?? 0) + 1);

  function open(session: Storage = createFakeWebStorage(), conversationId = CONVERSATION_ID): Tab {
    const tab = openTab({
      ...{
        name: `page ${(pages += 1)}`,
        wire,
        clock,
        disk,
        session,
        latency,
        random,
        tabs: browser,
        conversationId,
        identity,
      },
      handle: (request) => {
        const { headers } = request;
        const call = callOf(request);
        attempts.push({
          kind: call?.kind,
          taskId: call && 'taskId' in call ? call.taskId : null,
          messageId: headers.get('idempotency-key'),
          tab: headers.get('x-tab') ?? '',
        });
        if (!isOnline) return Promise.reject(new TypeError('Failed to fetch'));
        return faults.handle(request);
      },
      connectivity: {
        isOnline: () => isOnline,
        onWake(listener) {
          wakers.add(listener);
          return () => void wakers.delete(listener);
        },
      },
      tools: hasTools ? tools.offered : undefined,
    });
    tabs.push(tab);
    return tab;
  }

  function wake(): void {
    for (const listener of [...wakers]) listener();
  }

  return {
    ...{ clock, backend, log, applied, attempts, tabs, tools, open, wake, count, setting: { hasTools, kind } },
    /** The messages in whose answer an event came malformed. */
    garbled,
    wakers: () => wakers.size,
    identity: () => identity,
    hasChangedHands: () => people > 0 || identity?.id !== (person ?? undefined),
    /** Somebody else logs in, or nobody is there any more: the page says so to every widget. */
    become(to: 'somebody' | 'nobody'): void {
      identity = to === 'nobody' ? undefined : { id: `person ${(people += 1)}` };
      for (const { conversation } of tabs) conversation.update({ identity });
      count('another person');
    },
    crash(tab: Tab): void {
      tab.die();
      tabs.splice(tabs.indexOf(tab), 1);
    },
    close(tab: Tab): void {
      tab.leave();
      tabs.splice(tabs.indexOf(tab), 1);
    },
    breaks(name: FaultName, at: number, times: number): void {
      const { calls, make } = faultKinds[name];
      const fault = make(at);
      const counted: Fault = (...exchange) => {
        count(name);
        if (name === 'malformed event') garbled.add(exchange[0].headers.get('idempotency-key'));
        return fault(...exchange);
      };
      faults.inject((request) => (calls as readonly unknown[]).includes(callOf(request)?.kind), counted, times);
    },
    goOffline(): void {
      isOnline = false;
      count('offline');
    },
    goOnline(): void {
      isOnline = true;
      wake();
    },
    restartProxy(): void {
      backend.restart();
      count('proxy restart');
    },
    isFull: () => disk.quota < Infinity,
    fillDisk(): void {
      disk.quota = [...disk.items].reduce(
        (sum, [key, value]) => sum + key.length + value.length,
        EMPTY_DISK_CHARACTERS,
      );
      count('storage quota');
    },
    breakDisk(): void {
      disk.failure = new Error('The disk is broken.');
      count('failed write');
    },
    mendDisk(): void {
      disk.quota = Infinity;
      disk.failure = null;
    },
    /** No more faults, from here on. */
    heal(): void {
      faults.clear();
      this.mendDisk();
      this.goOnline();
    },
  };
}

/** Spreads waits and makes ids, the same way every time: what failed fails again. */
function createRandom(chance: number): () => number {
  let state = chance;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  crypto.getRandomValues = (bytes) => {
    if (bytes instanceof Uint8Array) bytes.forEach((_, index) => (bytes[index] = random() * 256));
    return bytes;
  };
  return random;
}
