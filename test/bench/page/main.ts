import { countRenders } from '../../support/countRenders.js';
import { history } from '../corpus/history.js';
import { deltasOf, type Feed } from './feed.js';
import { settle, textOf } from './settle.js';
import { stream, type Pace } from './stream.js';
import type { Answer, Mounted, Subject } from './Subject.js';

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the page can be told from outside. */
export interface Bench {
  /** Makes what was said before, which `mount` would do otherwise. */
  prepare(messages: number): void;
  /** Draws a subject with so many messages of history; resolves when it has come to rest. */
  mount(subject: string, messages: number): Promise<void>;
  /** Begins an answer that is going to be this. */
  begin(feed: Feed): Promise<void>;
  /** Streams some of its deltas. @returns how many. */
  stream(range: Range, pace: Pace): Promise<number>;
  /** The same while somebody types. @returns how many characters. */
  streamTyping(range: Range, pace: Pace): Promise<number>;
  /** Streams some of its deltas. @returns how often each component of React was rendered meanwhile, by name. */
  streamCounting(range: Range, pace: Pace): Promise<Readonly<Record<string, number>>>;
  /** Gives some of its deltas in one task, and waits until they are drawn. @returns as above. */
  burst(range: Range): Promise<Readonly<Record<string, number>>>;
  /** Gives some of its deltas as one, and waits until they are drawn. */
  skip(range: Range): Promise<void>;
  /** Ends the answer and waits until it is drawn. */
  end(): Promise<void>;
  /** Whether the last words that were given are to be seen; an empty answer has none. */
  isShown(): boolean;
  unmount(): void;
}

if (!import.meta.env.PROD)
  throw new Error('This page was built for development: React would be measured with its checks.');
const subjects = import.meta.glob<{ readonly default: Subject }>('../subjects/*.{ts,tsx}');
const stage = document.getElementById('stage')!;
let mounted: Mounted;
let prepared: ReturnType<typeof history> = [];
let answer: Answer;
let deltas: readonly string[] = [];
let given = '';

function push(delta: string): void {
  given += delta;
  answer.push(delta);
}

const bench: Bench = {
  prepare(messages) {
    prepared = history(messages);
  },
  async mount(name, messages) {
    const load = Object.entries(subjects).find(([path]) => path.replace(/^.*\/|\.tsx?$/g, '') === name)?.[1];
    if (prepared.length !== messages) prepared = history(messages);
    if (!load) throw new Error(`There is no subject called ${name}.`);
    mounted = await (await load()).default(stage, prepared);
    await settle(stage);
  },
  async begin(feed) {
    deltas = deltasOf(feed);
    given = '';
    answer = await mounted.begin();
    await settle(stage);
  },
  stream: ({ from, to }, pace) => stream({ ...answer, push }, deltas.slice(from, to), pace),
  async streamTyping(range, pace) {
    const box = stage.querySelector('textarea')!;
    box.focus();
    let frames = 0;
    const type = (): void => {
      frames += 1;
      // Faster than anybody types: ten characters a second at 60 frames.
      if (frames % 6 === 0) document.execCommand('insertText', false, 'x');
      timer = requestAnimationFrame(type);
    };
    let timer = requestAnimationFrame(type);
    await bench.stream(range, pace);
    cancelAnimationFrame(timer);
    return box.value.length;
  },
  streamCounting: async (range, pace) => Object.fromEntries(await countRenders(() => bench.stream(range, pace))),
  async burst({ from, to }) {
    const renders = await countRenders(async () => {
      for (const delta of deltas.slice(from, to)) push(delta);
      await settle(stage);
    });
    return Object.fromEntries(renders);
  },
  async skip({ from, to }) {
    if (from < to) push(deltas.slice(from, to).join(''));
    await settle(stage);
  },
  async end() {
    answer.end();
    await settle(stage);
  },
  isShown() {
    const words = given.match(/[A-Za-z][A-Za-z ]{6,}[A-Za-z]/g)?.at(-1);
    return words !== undefined && textOf(stage).includes(words);
  },
  unmount() {
    mounted.unmount();
    stage.replaceChildren();
  },
};

declare global {
  interface Window {
    bench: Bench;
  }
}
window.bench = bench;
