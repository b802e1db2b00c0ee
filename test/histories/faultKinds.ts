import {
  cutEvents,
  duplicateEvent,
  halfFrame,
  mutateEvent,
  permuteEvents,
  repeatEvent,
  stallEvents,
  withholdEnd,
} from '../support/faultServerEvents.js';
import { envelope, loseAnswer, page, refuse, status, type Fault } from '../support/faultServerFaults.js';
import type { Call } from '../faults/support/wire.js';

/** What goes wrong with one request. */
export interface FaultKind {
  /** The requests that it can happen to. */
  readonly calls: readonly Call['kind'][];
  /** @param at - a small number: where in the answer, or which variant. */
  make(at: number): Fault;
}

const SEND = ['send'] as const;
const READING = ['poll', 'replay', 'receipt'] as const;
const STREAM = ['send', 'replay'] as const;
const ANY = [...SEND, ...READING] as const;

const WAITS: readonly Record<string, string>[] = [
  {},
  { 'retry-after': '2' },
  { 'retry-after': 'Tue, 03 Feb 2026 10:20:30 GMT', date: 'Tue, 03 Feb 2026 10:20:05 GMT' },
  { 'retry-after': '86400' },
];
const HANG_MS = 240_000;

/** Swaps two of the first events, none of which is the last. */
const ORDERS = [
  [1, 0, 2],
  [0, 2, 1],
  [2, 1, 0],
  [2, 0, 1],
];

/** Nothing comes back for minutes, and then the connection is lost. The server has it all the same. */
const hang: Fault = async (request, next, sleep) => {
  const response = await next(request);
  await response.body?.cancel();
  await sleep(HANG_MS);
  throw new TypeError('Failed to fetch');
};

/** Nobody promised that a stream without heartbeats is not silent for long: there the network itself notices, in the end. */
const stall =
  (at: number): Fault =>
  async (request, next, sleep) => {
    const response = await next(request);
    if (response.headers.get('content-type') !== 'text/event-stream') return response;
    return stallEvents(at, () => sleep(HANG_MS))(request, async () => response, sleep);
  };

/** The server has it at once, and its answer takes its time. */
const slow =
  (ms: number): Fault =>
  async (request, next, sleep) => {
    const response = await next(request);
    await sleep(ms);
    return response;
  };

/** The message itself takes its time, and is overtaken by what is asked meanwhile. It arrives also where nobody waits for its answer any more, and where its page has gone. */
const slowMessage =
  (ms: number): Fault =>
  async (request, next, sleep) => {
    await sleep(ms);
    return next(request);
  };

/** The server has it, and a gateway between gave up waiting. */
const gatewayTimeout: Fault = async (request, next) => {
  await (await next(request)).body?.cancel();
  return new Response('Gateway timeout', { status: 504, headers: { 'content-type': 'text/html' } });
};

/** Everything that can go wrong with a request on its way, or with its answer. */
export const faultKinds = {
  'connection refused': { calls: ANY, make: () => refuse },
  'answer lost': { calls: ANY, make: () => loseAnswer },
  'no answer for minutes': { calls: ANY, make: () => hang },
  'slow message': { calls: SEND, make: (at) => slowMessage(250 * (1 + at) ** 2) },
  'slow answer': { calls: ANY, make: (at) => slow(300 * (1 + at) ** 2) },
  'reset before the first event': { calls: STREAM, make: () => cutEvents(0, 'reset') },
  'reset mid-stream': { calls: STREAM, make: (at) => cutEvents(1 + at, 'reset') },
  'clean end mid-stream': { calls: STREAM, make: (at) => cutEvents(at, 'clean') },
  'end withheld': { calls: STREAM, make: () => withholdEnd },
  'half a frame': { calls: STREAM, make: (at) => halfFrame(at) },
  'stalled stream': { calls: STREAM, make: stall },
  '409 active': { calls: SEND, make: () => envelope(409, 'task_active', 'no') },
  '429': { calls: ANY, make: (at) => envelope(429, 'rate_limited', 'no', WAITS[at % WAITS.length]) },
  '500 with an envelope': { calls: ANY, make: (at) => envelope(500, 'upstream_error', at % 2 ? 'no' : 'unknown') },
  '502 without one': { calls: ANY, make: () => status(502) },
  '504 after it arrived': { calls: SEND, make: () => gatewayTimeout },
  'a web page': { calls: ANY, make: () => page },
  'duplicate events': { calls: SEND, make: (at) => duplicateEvent(at) },
  'shuffled events': { calls: SEND, make: (at) => permuteEvents(ORDERS[at % ORDERS.length]!) },
  'late event': { calls: SEND, make: (at) => repeatEvent(at) },
  'malformed event': { calls: SEND, make: (at) => mutateEvent(at, (frame) => frame.replace(/\{/g, '{,')) },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof faultKinds;
