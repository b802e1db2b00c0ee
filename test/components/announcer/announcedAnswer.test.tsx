import { act } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { frozenConversation, type StoryEvent } from '../../../stories/support/frozenConversation.js';
import { asked, done, introduced, says } from '../../../stories/support/script.js';
import type { AnnounceMode } from '../../../src/components/announcer/sentenceQueue.js';
import { renderWidget } from '../support/renderWidget.js';

/** What an agent writes, and how a person would read it out. */
const PASSAGES: readonly (readonly [string, string])[] = [
  ['## Watering in *summer*\n\n', 'Watering in summer'],
  [
    'Most monsteras want water **once a week. Not more** than that! ',
    'Most monsteras want water once a week. Not more than that!',
  ],
  ['Is the soil *dry? Really dry?* Then water. ', 'Is the soil dry? Really dry? Then water.'],
  [
    'It takes 3.5 litres, says [our guide. It is long](https://example.com/care?a=1. 2).\n\n',
    'It takes 3.5 litres, says our guide. It is long.',
  ],
  [
    '- Use `water.can()`. It is quick.\n- [x] Empty the saucer\n- 2 * 3 pots\n\n',
    'Use water.can(). It is quick. Empty the saucer 2 * 3 pots',
  ],
  ['1. Push a finger in.\n2. Wait.\n\n', '1. Push a finger in. 2. Wait.'],
  ['| Season | Every |\n| --- | --- |\n| Summer | 7 days |\n\n', 'Season Every Summer 7 days'],
  ['```ts\nremind({ plant: "monstera" }). // Really.\nwait();\n```\n\n', 'Code block.'],
  ['> Plants are patient.\n\n', 'Plants are patient.'],
  ['水をやりすぎないでください。週に一回で十分です。\n\n', '水をやりすぎないでください。週に一回で十分です。'],
];

interface Answer {
  readonly text: string;
  readonly tokens: ReturnType<typeof says>;
  readonly spoken: string;
}

function answerOf(rounds: number): Answer {
  const each = (join: string, write: (round: number) => string): string =>
    Array.from({ length: rounds }, (_, round) => write(round)).join(join);
  const text = each('\n\n', (round) => PASSAGES.map(([text]) => `${text}Round ${round}. `).join('\n\n'));
  const spoken = each(' ', (round) => PASSAGES.map(([, spoken]) => `${spoken} Round ${round}.`).join(' '));
  return { text, tokens: says(text), spoken };
}

const long = answerOf(24);
const short = answerOf(8);
const TOKENS_PER_STEP = 4;
const STEP_MS = 80;
/** What a poll says while the agent works: the wire has no partial text in JSON. */
const WORKING = {
  type: 'response.synced',
  response: {
    ...{
      taskId: 'task_1',
      responseId: 'resp_1',
      state: 'working',
      parts: [],
      pendingToolCalls: [],
      finishReason: null,
    },
    ...{ model: null, usage: null, traceId: null, error: null },
  },
} as const satisfies StoryEvent;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The whole widget, and everything that its live region says. */
function listen(announce: AnnounceMode) {
  const conversation = frozenConversation(introduced, ...asked('How do I water it?'));
  const { container } = renderWidget(conversation, { announce });
  const region = container.querySelector('[data-ac="announcer"]')!;
  const heard: { readonly text: string; readonly at: number }[] = [];
  let last = region.firstElementChild;
  async function play(...events: readonly StoryEvent[]): Promise<void> {
    for (let at = 0; at < events.length; at += TOKENS_PER_STEP) {
      await act(async () => {
        conversation.play(...events.slice(at, at + TOKENS_PER_STEP));
        await vi.advanceTimersByTimeAsync(STEP_MS);
      });
      listenNow();
    }
  }
  async function wait(milliseconds: number): Promise<void> {
    for (let waited = 0; waited < milliseconds; waited += STEP_MS) {
      await act(() => vi.advanceTimersByTimeAsync(STEP_MS));
      listenNow();
    }
  }
  // A new element each time, so the same words said twice would be heard twice.
  function listenNow(): void {
    const now = region.firstElementChild;
    if (now !== last && now?.textContent) heard.push({ text: now.textContent, at: Date.now() });
    last = now;
  }
  const said = () => heard.map(({ text }) => text).join(' ');
  return { play, wait, said, heard };
}

describe('an answer of 2,000 tokens', () => {
  test('has that many', () => expect(long.tokens.length).toBeGreaterThanOrEqual(2000));

  test('is spoken in order, at least 2 s apart, and word for word what it says without its marks', async () => {
    const { play, wait, said, heard } = listen('sentences');
    await play(...long.tokens, ...done());
    await wait(5000);
    expect(said()).toBe(long.spoken);
    const gaps = heard.slice(1).map(({ at }, index) => at - heard[index]!.at);
    expect(gaps.length).toBeGreaterThan(10);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
  });
});

describe('an answer', () => {
  test('that is cut off and recovered by a snapshot of the whole is not spoken twice', async () => {
    const { play, wait, said } = listen('sentences');
    await play(...short.tokens.slice(0, 400), { type: 'run.connected', connection: 'reconnecting' });
    await wait(3000);
    await play(WORKING, { type: 'run.connected', connection: 'streaming' });
    await play(...short.tokens.slice(400, 500), { type: 'run.connected', connection: 'reconnecting' });
    await wait(3000);
    const whole = { ...WORKING.response, state: 'completed', finishReason: 'stop' } as const;
    await play(
      { type: 'response.synced', response: { ...whole, parts: [{ kind: 'text', text: short.text }] } },
      { type: 'run.settled' },
    );
    await wait(5000);
    const notices = /(?:Can't connect\. Trying again…|Connected again\.) /g;
    expect(said().match(notices)).toHaveLength(3);
    expect(said().replace(notices, '')).toBe(short.spoken);
  });

  test('is spoken once with "done"', async () => {
    const { play, wait, heard } = listen('done');
    await play(...short.tokens);
    expect(heard).toEqual([]);
    await play(...done());
    await wait(5000);
    expect(heard.map(({ text }) => text)).toEqual([short.spoken]);
  });
});
