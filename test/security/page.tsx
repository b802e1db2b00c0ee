import { useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { loadLikelyParts } from '../../src/components/lazyParts.js';
import { math } from '../../src/markdown/math/math.js';
import { texRenderer } from '../../src/markdown/math/texRenderer.js';
import type { MathSupport } from '../../src/markdown/MathSupport.js';
import { holdTimers } from './holdTimers.js';
import { pollute } from './pollute.js';
import { findImpostors, scan, watch } from './scanner.js';
import { OtherStates, Sinks, StreamedText, type SinkProps } from './Sinks.js';
import { Introduced, introduce, ListOfConversations, Named, search, Widget } from './Widgets.js';

/** What a page that the test opens can do. */
export interface Harness {
  /** Streams each text into the markdown sink, character by character. Returns how many prefixes were looked at, and what was wrong. */
  stream(texts: readonly string[]): Report;
  /** Puts each text into every other sink, character by character. */
  fill(texts: readonly string[]): Report;
  /** Streams each text where formulas are shown. */
  formulas(texts: readonly string[]): Promise<Report>;
  /** Shows a list of conversations that are called so. */
  list(texts: readonly string[]): Promise<Report>;
  /** Looks for what is named or works like a review and is none. */
  imitate(texts: readonly string[]): Report;
  /** Lets an agent send so many events that try to change what all objects inherit. */
  pollute(count: number): Promise<Report>;
  /** Puts each text where it is dangerous, as HTML. */
  control(texts: readonly string[]): readonly string[];
  /** How often a text ran something. */
  executions(): number;
}

export interface Report {
  readonly looks: number;
  readonly problems: readonly string[];
  /** How many formulas were drawn at all looks together. */
  readonly drawn?: number;
}

let executions = 0;
for (const name of ['alert', 'confirm', 'prompt', 'print', 'msgbox'] as const) {
  Object.defineProperty(window, name, { value: () => void (executions += 1), writable: false });
}

// Making one takes longer than all the rest of a component, and every look makes dozens.
for (const name of ['NumberFormat', 'RelativeTimeFormat'] as const) {
  const made = new Map<string, object>();
  const construct = (original: object, given: readonly unknown[]): object => {
    const key = JSON.stringify(given);
    const known = made.get(key) ?? (Reflect.construct(original as new () => object, given) as object);
    made.set(key, known);
    return known;
  };
  Object.assign(Intl, { [name]: new Proxy(Intl[name], { construct }) });
}

let setText: (text: string) => void;

function Board({ as: Sink }: { readonly as: (props: SinkProps) => ReactNode }): ReactNode {
  const [text, set] = useState('');
  setText = set;
  return <Sink text={text} />;
}

/** Draws what is given, and lets `run` look at it. */
function draw(node: ReactNode): { readonly root: Element; undo(): void } {
  const root = document.body.appendChild(document.createElement('div'));
  const drawn = createRoot(root);
  flushSync(() => drawn.render(node));
  return {
    root,
    undo() {
      drawn.unmount();
      root.remove();
    },
  };
}

/** Opens what is closed, and asks what is asked before something is renamed or removed. */
function open(root: Element): void {
  const closed = '[aria-expanded="false"]:not([aria-haspopup])';
  const [, rename] = root.querySelectorAll('[data-ac="rename"]');
  const [, , remove] = root.querySelectorAll('[data-ac="remove"]');
  for (const button of [...root.querySelectorAll(closed), rename, remove]) {
    if (button) flushSync(() => (button as HTMLElement).click());
  }
}

const EVENTS = ['mouseover', 'mouseenter', 'pointerenter', 'focus', 'animationstart', 'toggle'];

/** What a hand and a keyboard do on the way over the text, without following anything. */
function touch(elements: Iterable<Element>): void {
  for (const element of elements) {
    for (const type of EVENTS) element.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

interface Look {
  readonly sink: (props: SinkProps) => ReactNode;
  readonly texts: readonly string[];
  /** Looks at the sink as it is, or at what changed in it since it last looked. */
  readonly finder: (root: Element) => () => readonly string[];
  /** Where each text ends. Default: after each character. */
  readonly ends?: (text: string) => readonly number[];
  /** Whether the agent's card says the same. @default false */
  readonly hasCard?: boolean;
  /** Shows formulas. */
  readonly math?: MathSupport;
}

function lookAt({ sink, texts, finder, ends = everywhere, hasCard = false, math: support }: Look): Report {
  const problems: string[] = [];
  const seen = new Set<string>();
  const timers = holdTimers();
  const { root, undo } = draw(
    <>
      <Widget math={support}>
        <Board as={sink} />
      </Widget>
      {hasCard && <Introduced />}
    </>,
  );
  flushSync(() => setText('x'));
  open(root);
  const find = finder(root);
  for (const text of texts) {
    for (const end of ends(text)) {
      const prefix = text.slice(0, end);
      // Many begin alike.
      if (seen.has(prefix) && prefix !== text) continue;
      seen.add(prefix);
      flushSync(() => setText(prefix));
      if (hasCard) flushSync(() => introduce(prefix));
      // Twice: what has been noticed waits to be said.
      flushSync(timers.run);
      flushSync(timers.run);
      for (const problem of find()) problems.push(`${JSON.stringify(prefix)}: ${problem}`);
    }
    flushSync(() => search(root, text));
    touch(root.querySelectorAll('a, button, input, textarea, img, audio, video, dialog, [role], [tabindex]'));
    for (const problem of scan(root)) problems.push(`${JSON.stringify(text)}: ${problem}`);
  }
  undo();
  timers.release();
  return { looks: seen.size, problems };
}

const everywhere = (text: string) => Array.from(text, (_, index) => index + 1);
const atItsEnd = (text: string) => [text.length];

/** Several of them as one. */
function lookAtAll(...looks: readonly Look[]): Report {
  const reports = looks.map(lookAt);
  return {
    looks: Math.max(...reports.map((report) => report.looks)),
    problems: reports.flatMap((report) => report.problems),
  };
}

const harness: Harness = {
  stream: (texts) => lookAt({ sink: StreamedText, texts, finder: watch }),
  fill: (texts) =>
    lookAtAll(
      { sink: Sinks, texts, finder: watch, hasCard: true },
      { sink: OtherStates, texts, finder: watch, ends: atItsEnd },
      { sink: Named, texts, finder: watch, ends: atItsEnd },
    ),
  async formulas(texts) {
    await new Promise<void>((resolve) => (texRenderer.get() ? resolve() : texRenderer.subscribe(resolve)));
    let drawn = 0;
    const finder = (root: Element) => {
      const find = watch(root);
      return () => {
        drawn += root.querySelectorAll('math').length;
        return [...find(), ...findImpostors(root)];
      };
    };
    return { ...lookAt({ sink: StreamedText, texts, finder, math }), drawn };
  },
  async list(titles) {
    const { root, undo } = draw(<ListOfConversations titles={titles} />);
    while (root.querySelectorAll('li').length < titles.length) await new Promise(requestAnimationFrame);
    touch(root.querySelectorAll('button'));
    const problems = scan(root);
    undo();
    return { looks: titles.length, problems };
  },
  imitate(texts) {
    const finder = (root: Element) => () => findImpostors(root);
    return lookAtAll(
      { sink: StreamedText, texts, finder },
      { sink: Sinks, texts, finder },
      { sink: OtherStates, texts, finder, ends: atItsEnd },
    );
  },
  pollute,
  control(texts) {
    const found: string[] = [];
    for (const text of texts) {
      const element = document.body.appendChild(document.createElement('div'));
      element.innerHTML = text;
      found.push(...scan(element), ...findImpostors(element));
      touch(element.querySelectorAll('*'));
    }
    return found;
  },
  executions: () => executions,
};
// What is loaded in an idle moment on a page.
void loadLikelyParts().then(() => Object.assign(window, { harness }));
