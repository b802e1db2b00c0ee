import { useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { frozenConversation } from '../../stories/support/frozenConversation.js';
import { ChatRoot } from '../../src/components/ChatRoot.js';
import { DataPartView } from '../../src/components/DataPartView.js';
import { EmptyState } from '../../src/components/EmptyState.js';
import { ErrorPartView } from '../../src/components/ErrorPartView.js';
import { FilePartView } from '../../src/components/FilePartView.js';
import { Header } from '../../src/components/Header.js';
import { ReasoningPartView } from '../../src/components/ReasoningPartView.js';
import { ReviewCard } from '../../src/components/ReviewCard.js';
import { TextPartView } from '../../src/components/TextPartView.js';
import { ToolCallView } from '../../src/components/ToolCallView.js';
import { UnknownPartView } from '../../src/components/UnknownPartView.js';
import type { PartState, ToolCallPart } from '../../src/core/message.js';
import { AgentConversationProvider } from '../../src/react/AgentConversationProvider.js';
import { math } from '../../src/markdown/math/math.js';
import { texRenderer } from '../../src/markdown/math/texRenderer.js';
import type { MathSupport } from '../../src/markdown/MathSupport.js';
import { pollute } from './pollute.js';
import { findImpostors, scan, watch } from './scanner.js';

/** What a page that the test opens can do. */
export interface Harness {
  /** Streams each text into the markdown sink, character by character. Returns how many prefixes were looked at, and what was wrong. */
  stream(texts: readonly string[]): Report;
  /** Puts each text into every other sink, character by character. */
  fill(texts: readonly string[]): Report;
  /** Streams each text where formulas are shown. */
  formulas(texts: readonly string[]): Promise<Report>;
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

const time = { startedAt: 0, endedAt: 1 };
const part = (partId: string) => ({ partId, ...time, state: 'done' as PartState });

function toolCall(text: string, state: ToolCallPart['state']): ToolCallPart {
  return {
    kind: 'tool_call',
    partId: `tool-${state}`,
    toolCallId: text,
    toolName: text,
    arguments: { [text]: text, list: [text, { [text]: text }] },
    result: { [text]: text },
    error: text,
    executor: 'server',
    state,
    ...time,
  };
}

/** Everything but the agent's markdown that shows what came over the wire. */
function Sinks({ text }: { readonly text: string }): ReactNode {
  const file = { name: text, mimeType: text };
  return (
    <>
      <TextPartView role="user" part={{ kind: 'text', text, ...part('user') }} />
      <ReasoningPartView role="agent" part={{ kind: 'reasoning', reasoning: text, ...part('reasoning') }} />
      <ToolCallView role="agent" part={toolCall(text, 'done')} />
      <ToolCallView role="agent" part={toolCall(text, 'failed')} />
      <ReviewCard role="agent" part={toolCall(text, 'review-requested')} />
      <FilePartView role="agent" part={{ kind: 'file', file: { ...file, bytes: 'eA==' }, ...part('bytes') }} />
      <FilePartView role="agent" part={{ kind: 'file', file: { ...file, uri: text }, ...part('uri') }} />
      <FilePartView
        role="agent"
        part={{ kind: 'file', file: { ...file, uri: `https://evil.example/${text}` }, ...part('uri2') }}
      />
      <DataPartView
        role="agent"
        part={{ kind: 'data', data: { [text]: text }, metadata: { type: text }, ...part('data') }}
      />
      <ErrorPartView role="agent" part={{ kind: 'error', error: text, ...part('error') }} />
      <UnknownPartView role="agent" part={{ kind: 'unknown', originalKind: text, ...part('unknown') }} />
    </>
  );
}

let setText: (text: string) => void;

function Board({ as: Sink }: { readonly as: (props: { readonly text: string }) => ReactNode }): ReactNode {
  const [text, set] = useState('');
  setText = set;
  return <Sink text={text} />;
}

function StreamedText({ text }: { readonly text: string }): ReactNode {
  return <TextPartView role="agent" part={{ kind: 'text', text, ...part('text'), state: 'streaming' }} />;
}

/** Draws a sink inside of the widget, and lets `run` change its text. */
function withSink(
  as: (props: { readonly text: string }) => ReactNode,
  run: (root: Element) => void,
  support?: MathSupport,
): void {
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  flushSync(() =>
    root.render(
      <AgentConversationProvider conversation={frozenConversation()}>
        <ChatRoot mode="inline" math={support}>
          <Board as={as} />
        </ChatRoot>
      </AgentConversationProvider>,
    ),
  );
  flushSync(() => setText('x'));
  for (const button of container.querySelectorAll<HTMLElement>('[aria-expanded="false"]')) {
    flushSync(() => button.click());
  }
  run(container);
  root.unmount();
  container.remove();
}

/** What a hand and a keyboard do on the way over the text, without following anything. */
function touch(root: Element): void {
  for (const element of root.querySelectorAll('*')) {
    for (const type of ['mouseover', 'mouseenter', 'pointerenter', 'focus', 'animationstart', 'toggle']) {
      element.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }
}

/** @param finder - looks at the sink as it is, or at what changed in it since it last looked. */
function lookAt(
  sink: (props: { readonly text: string }) => ReactNode,
  texts: readonly string[],
  finder: (root: Element) => () => readonly string[],
  support?: MathSupport,
): Report {
  const problems: string[] = [];
  let looks = 0;
  withSink(
    sink,
    (root) => {
      const find = finder(root);
      for (const text of texts) {
        for (let end = 1; end <= text.length; end += 1) {
          const prefix = text.slice(0, end);
          flushSync(() => setText(prefix));
          looks += 1;
          for (const problem of find()) problems.push(`${JSON.stringify(prefix)}: ${problem}`);
        }
        touch(root);
        for (const problem of scan(root)) problems.push(`${JSON.stringify(text)}: ${problem}`);
      }
    },
    support,
  );
  return { looks, problems };
}

/** Where the agent's own card shows: each text is another agent. */
function lookAtCards(texts: readonly string[]): Report {
  const problems: string[] = [];
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  for (const text of texts) {
    const agent = { key: text, displayName: text, description: text, suggestions: [text] };
    flushSync(() =>
      root.render(
        <AgentConversationProvider key={text} conversation={frozenConversation({ type: 'agent.loaded', agent })}>
          <ChatRoot mode="inline" title={text} greeting={text}>
            <Header />
            <EmptyState />
          </ChatRoot>
        </AgentConversationProvider>,
      ),
    );
    for (const problem of scan(container)) problems.push(`${JSON.stringify(text)}: ${problem}`);
    touch(container);
  }
  root.unmount();
  container.remove();
  return { looks: texts.length, problems };
}

const harness: Harness = {
  stream: (texts) => lookAt(StreamedText, texts, watch),
  fill(texts) {
    const sinks = lookAt(Sinks, texts, watch);
    const cards = lookAtCards(texts);
    return { looks: sinks.looks + cards.looks, problems: [...sinks.problems, ...cards.problems] };
  },
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
    return { ...lookAt(StreamedText, texts, finder, math), drawn };
  },
  imitate(texts) {
    const impostors = (root: Element) => () => findImpostors(root);
    const streamed = lookAt(StreamedText, texts, impostors);
    const filled = lookAt(Sinks, texts, impostors);
    return { looks: streamed.looks + filled.looks, problems: [...streamed.problems, ...filled.problems] };
  },
  pollute,
  control(texts) {
    const found: string[] = [];
    for (const text of texts) {
      const element = document.body.appendChild(document.createElement('div'));
      element.innerHTML = text;
      found.push(...scan(element), ...findImpostors(element));
      touch(element);
    }
    return found;
  },
  executions: () => executions,
};
Object.assign(window, { harness });
