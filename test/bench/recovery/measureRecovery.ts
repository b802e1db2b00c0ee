import { setTimeout as sleep } from 'node:timers/promises';
import { messageText } from '../../../src/core/message.js';
import { say, wait } from '../../../src/emulator/index.js';
import { cutBytes } from '../../support/faultServerEvents.js';
import type { Fault } from '../../support/faultServerFaults.js';
import { openWorld, until, VISITOR, type World } from './openWorld.js';

export interface Recovered {
  /** From a drop until the status says so, in milliseconds. */
  readonly noticedMs: readonly number[];
  /** Of each answer, how many polls left after its end until it was there. */
  readonly polls: readonly number[];
  /** From the answer to that poll until it was shown, in milliseconds. */
  readonly visibleMs: readonly number[];
  readonly cuts: {
    readonly tried: number;
    readonly replays: number;
    /** Asked for as a whole, because a replay brought nothing more. */
    readonly polls: number;
    /** Characters that should have been there. */
    readonly missing: number;
    /** Answers that say anything but what the agent said. */
    readonly wrong: number;
  };
}

const DROPS = 20;
const ANSWERS = 10;
const CUTS = 1_000;
const AT_A_TIME = 25;
const WORDS = 'Your parcel leaves us today, and is with you on Thursday before noon. '.repeat(20);

export async function measureRecovery(): Promise<Recovered> {
  return { noticedMs: await measureDrops(), ...(await measurePolls()), cuts: await measureCuts() };
}

/** The network is gone in the middle of an answer. */
async function measureDrops(): Promise<readonly number[]> {
  const noticed: number[] = [];
  for (let drop = 0; drop < DROPS; drop += 1) {
    const world = await openWorld(() => [say('Just a moment.'), wait(600_000)]);
    const conversation = world.visit();
    conversation.send('When?');
    await until(conversation, ({ connection, messages }) => connection === 'streaming' && messages.length > 1);
    const begun = performance.now();
    const noticing = until(conversation, ({ connection }) => connection === 'reconnecting');
    await world.use({ type: 'down' });
    await noticing;
    noticed.push(performance.now() - begun);
    conversation.destroy();
    await world.close();
  }
  return noticed;
}

/** A backend without replay, and a stream that breaks off: the answer has to be polled for. */
async function measurePolls(): Promise<Pick<Recovered, 'polls' | 'visibleMs'>> {
  const polls: number[] = [];
  const visibleMs: number[] = [];
  for (let answer = 0; answer < ANSWERS; answer += 1) {
    let endedAt = Infinity;
    const world = await openWorld(
      async function* () {
        yield say('Just a moment. ');
        yield wait(500 + answer * 150);
        yield say('On Thursday.');
        endedAt = performance.now();
      },
      { process: 'per-request' },
    );
    const polled: { readonly left: number; readonly answered: number }[] = [];
    const watch: Fault = async (request, next) => {
      const left = performance.now();
      const response = await next(request);
      polled.push({ left, answered: performance.now() });
      return response;
    };
    world.inject(({ method, url }) => method === 'GET' && url.includes('/responses/'), watch, Infinity);
    const conversation = world.visit();
    conversation.send('When?');
    await until(conversation, ({ messages }) => messages.length > 1);
    await world.use({ type: 'down' });
    await world.use();
    await until(conversation, ({ status }) => status === 'completed');
    const shown = performance.now();
    const after = polled.filter(({ left }) => left > endedAt);
    polls.push(after.length);
    visibleMs.push(shown - (after.at(-1)?.answered ?? -Infinity));
    conversation.destroy();
    await world.close();
  }
  return { polls, visibleMs };
}

/** Cuts anywhere in the bytes of an answer, and of every other one its replay too. Many at a time, because a second outage is waited out. */
async function measureCuts(): Promise<Recovered['cuts']> {
  const world = await openWorld(() => [say(WORDS)]);
  const random = createRandom();
  const length = await lengthOf(world);
  let [tried, missing, wrong] = [0, 0, 0];
  async function breakAndRead(): Promise<void> {
    while (tried < CUTS) {
      const cut = (tried += 1);
      const isOwn = (request: Request): boolean => isStream(request) && request.headers.get(VISITOR) === `${cut}`;
      world.inject(isOwn, cutBytes(1 + Math.floor(random() * (length - 100)), cut % 3 === 0 ? 'clean' : 'reset'));
      if (cut % 2 === 0) world.inject(isOwn, cutBytes(1 + Math.floor((random() * length) / 2), 'reset'));
      const conversation = world.visit(`${cut}`);
      conversation.send('When?');
      await until(conversation, ({ run, messages }) => run === null && messages.length > 0);
      const answer = conversation.getState().messages[1];
      const shown = answer ? messageText(answer) : '';
      missing += Math.max(0, WORDS.length - shown.length);
      wrong += shown === WORDS ? 0 : 1;
      conversation.destroy();
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, breakAndRead));
  const gets = world.arrived.filter(({ method, path }) => method === 'GET' && path.includes('/responses/'));
  const replays = gets.filter(({ path }) => path.endsWith('/events')).length;
  await world.close();
  return { tried, replays, polls: gets.length - replays, missing, wrong };
}

function isStream({ method, url }: Request): boolean {
  return method === 'POST' || url.endsWith('/events');
}

/** How many bytes the whole answer has on the wire. */
async function lengthOf(world: World): Promise<number> {
  let length = 0;
  world.inject(isStream, async (request, next) => {
    const response = await next(request);
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        length += chunk.length;
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body!.pipeThrough(counter), { status: response.status, headers: response.headers });
  });
  const conversation = world.visit();
  conversation.send('When?');
  await until(conversation, ({ status }) => status === 'completed');
  await sleep(20);
  conversation.destroy();
  return length;
}

/** The same cuts in every run. */
function createRandom(): () => number {
  let state = 7;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
