import '../../../src/core/tools/createToolRunner.js';
import { createHash } from 'node:crypto';
import { act, fireEvent, render } from '@testing-library/react';
import fc from 'fast-check';
import { memo, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChatRoot } from '../../../src/components/ChatRoot.js';
import { ReviewCard } from '../../../src/components/tools/ReviewCard.js';
import { selectPendingReviews } from '../../../src/core/conversationState.js';
import { createConversation } from '../../../src/core/createConversation.js';
import { isToolCall } from '../../../src/core/isToolCall.js';
import type { ToolCallPart } from '../../../src/core/message.js';
import { AgentConversationProvider } from '../../../src/react/AgentConversationProvider.js';
import { useConversationSelector } from '../../../src/react/useConversationSelector.js';
import { answer, done, started } from '../../support/agentEvents.js';
import { createFakeTransport } from '../../support/fakeTransport.js';

/** Turns, and calls in each. */
const TURNS = 40;
const CALLS = 25;

// Among them what hides, joins and turns text around, letters beyond the first plane, and what JSON, HTML and markdown would take for something else.
const CHARACTERS = [
  ...'abZ09 _-."\'<>&/\\{}[]:,*`#|é漢字ｱ한عבक😀',
  ...['\u0000', '\u0007', '\t', '\n', '\r', '\u001b', '\u007f', '\u0085', '\u00ad', '\u061c', '\u200b', '\u200c'],
  ...['\u200d', '\u200e', '\u200f', '\u2028', '\u2029', '\u202a', '\u202e', '\u2060', '\u2066', '\u2069', '\ufeff'],
  ...['\u{e0041}', '\u{e007f}', '👩\u200d👩\u200d👧', '🏳️\u200d🌈', 'e\u0301', '\u0627\u200c\u0628'],
];
const character = fc.constantFrom(...CHARACTERS);
const text = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: character, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: character, minLength: 400, maxLength: 500 }) },
);
const name = fc.string({ unit: character, maxLength: 12 });
const { value: argument } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
}));
const given = fc.dictionary(name, argument, { maxKeys: 4 }) as fc.Arbitrary<Record<string, unknown>>;

/** The value with its keys in order; lists as the numbered entries that the eye sees. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, each]) => [key, canonical(each)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex');
}

/** What a person reads off the card. */
function readTree(element: Element): unknown {
  const list = element.querySelector(':scope > .ac-value-tree');
  if (list) {
    return Object.fromEntries(
      [...list.children].map((entry) => [
        readText(entry.querySelector(':scope > .ac-value-key')!),
        readTree(entry.querySelector(':scope > .ac-value')!),
      ]),
    );
  }
  const scalar = element.querySelector(':scope > .ac-value-text');
  if (!scalar) return {};
  const shown = readText(scalar);
  return scalar.getAttribute('data-type') === 'string' ? shown : (JSON.parse(shown) as unknown);
}

/** Marks stand for what cannot be seen; a text that hides something without one is not what was shown. */
function readText(element: Element): string {
  const shown = element.textContent;
  expect(shown).not.toMatch(/[\u0000-\u0008\u200b\u202a-\u202e\u2066-\u2069\ufeff]/);
  return shown.replace(/⟨U\+([\dA-F]{4,6})⟩/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
}

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

/** Drawn again only where it changes, as in a transcript. */
const Card = memo(ReviewCard);
const isWaiting = ({ state }: ToolCallPart): boolean => state === 'review-requested';

function Reviews(): ReactNode {
  const messages = useConversationSelector((state) => state.messages);
  const reviews = messages.flatMap(({ parts }) => parts.filter(isToolCall)).filter(isWaiting);
  return reviews.map((part) => (
    <div key={part.toolCallId} id={part.toolCallId}>
      <Card part={part} role="agent" />
    </div>
  ));
}

test('what a person reads on a review and approves is what the tool is run with', async () => {
  const executed = new Map<string, unknown>();
  const execute = (args: unknown, { toolCallId }: { readonly toolCallId: string }) => {
    executed.set(toolCallId, args);
    return null;
  };
  const transport = createFakeTransport();
  const conversation = createConversation({
    agentKey: 'support',
    transport,
    tools: { pay: { title: 'Pay', needsApproval: true, execute } },
  });
  const { container } = render(
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot mode="inline">
        <Reviews />
      </ChatRoot>
    </AgentConversationProvider>,
  );
  const samples = fc.sample(given, { numRuns: TURNS * CALLS, seed: 4 });
  let same = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const calls = samples.slice(turn * CALLS, (turn + 1) * CALLS).map((sample, position) => ({
      toolCallId: `call-${turn}-${position}`,
      toolName: 'pay',
      arguments: structuredClone(sample),
    }));
    await act(async () => {
      conversation.send('Go on');
      await vi.waitFor(() => expect(transport.sends).toHaveLength(2 * turn + 1));
      transport.sends.at(-1)!.emit(started(`task-${turn}`), done(calls));
      await vi.waitFor(() => expect(selectPendingReviews(conversation.getState())).toHaveLength(CALLS));
      await vi.advanceTimersByTimeAsync(20);
    });
    await act(() => vi.advanceTimersByTimeAsync(500)); // before that a click does not count
    for (const { toolCallId } of calls) {
      const card = container.querySelector(`#${toolCallId}`)!;
      for (let more; (more = card.querySelector('[data-ac="show-all"]'));) fireEvent.click(more);
      const shown = readTree(card.querySelector('.ac-review-arguments')!);
      await act(async () => fireEvent.click(card.querySelector('[data-ac="approve"]')!));
      await vi.waitFor(() => expect(executed.has(toolCallId)).toBe(true));
      const args = executed.get(toolCallId);
      // What has been shown cannot be changed any more, by whoever kept a hand on it.
      expect(() => Object.assign(args as object, { amount: 1e6 })).toThrow(TypeError);
      if (hash(shown) === hash(args)) same += 1;
      else expect(shown).toEqual(args);
    }
    await act(async () => {
      await vi.waitFor(() => expect(transport.sends).toHaveLength(2 * turn + 2));
      transport.sends.at(-1)!.emit(...answer('Done.', `task-${turn}`));
      await vi.waitFor(() => expect(conversation.getState().status).toBe('completed'));
    });
  }
  expect(executed.size).toBe(samples.length);
  expect([...executed.values()].map(hash)).toEqual(samples.map(hash));
  expect(same).toBe(1000);
  conversation.destroy();
}, 60_000);
