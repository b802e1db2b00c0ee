import { act, screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { StoryEvent } from '../../../stories/support/frozenConversation.js';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { ALL_CAPABILITIES, asked, done, said } from '../../../stories/support/script.js';
import { ENGLISH } from '../../../src/components/language/english.js';
import { toolTitle } from '../../../src/components/tools/toolTitle.js';
import { renderWidget, type RenderedWidget } from '../support/renderWidget.js';

function renderAnswer(...events: readonly StoryEvent[]): RenderedWidget {
  return renderWidget(frozenConversation(...asked('Hi'), ...events));
}

const started: StoryEvent = {
  type: 'tool.started',
  toolCallId: 'c',
  toolName: 'search_readme',
  arguments: { query: 'cats' },
};
const review: StoryEvent = {
  type: 'tool.review.requested',
  toolCallId: 'c',
  toolName: 'refund',
  arguments: {},
  requiresApproval: true,
};

describe('tool calls', () => {
  test.each<[string, readonly StoryEvent[], string]>([
    ['running', [started], 'Search readme · Running'],
    ['done', [started, { type: 'tool.done', toolCallId: 'c', result: 1 }], 'Search readme'],
    ['failed', [started, { type: 'tool.failed', toolCallId: 'c', error: 'no' }], 'Search readme · Failed'],
    ['interrupted', [started, { type: 'run.stopped' }], 'Search readme · Interrupted'],
    ['waiting for a reviewer', [review], 'Refund · Waiting for a reviewer'],
    ['rejected', [review, { type: 'tool.review.done', toolCallId: 'c', review: 'rejected' }], 'Refund · Rejected'],
    [
      'waiting for this page',
      [
        {
          type: 'response.done',
          finishReason: 'tool_calls',
          pendingToolCalls: [{ toolCallId: 'c', toolName: 'getCart', arguments: {} }],
          usage: null,
          traceId: null,
        },
      ],
      'Get cart · Waiting for this page',
    ],
  ])('one that is %s says so on one line', (_, events, line) => {
    renderAnswer(...events);
    expect(screen.getByRole('button', { name: line })).toHaveAttribute('aria-expanded', 'false');
  });

  test('the page may call it by another name, and only by one of its own', () => {
    const toolTitles = { search_readme: 'Look into the manual' };
    renderWidget(frozenConversation(...asked('Hi'), started), { toolTitles });
    expect(screen.getByRole('button', { name: 'Look into the manual · Running' })).toBeVisible();
    expect(toolTitle({ toolName: 'constructor' }, { labels: ENGLISH, toolTitles })).toBe('Constructor');
  });

  test('a review has no buttons as long as nobody could answer it from here', () => {
    renderAnswer(review);
    expect(screen.queryByRole('button', { name: /Approve|Reject/ })).not.toBeInTheDocument();
  });

  test('input and result are one click away', async () => {
    const { user } = renderAnswer(started, {
      type: 'tool.done',
      toolCallId: 'c',
      result: { hits: [{ title: 'Cats' }] },
    });
    expect(screen.queryByText('cats')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Search readme' }));
    expect(screen.getByText('cats')).toBeVisible();
    expect(screen.getByText('Cats')).toBeVisible();
  });

  test('values are characters: no markup, no markdown, nothing hidden', async () => {
    const { user, container } = renderAnswer({
      ...started,
      arguments: { html: '<img src=x> **b**', hidden: 'a\u202eb\u200bc' },
    });
    await user.click(screen.getByRole('button', { name: /Search readme/ }));
    expect(screen.getByText('<img src=x> **b**')).toBeVisible();
    expect(screen.getByText('a⟨U+202E⟩b⟨U+200B⟩c')).toBeVisible();
    expect(container.querySelector('img, strong')).toBeNull();
  });

  test('a long value is cut with a button that says so', async () => {
    const long = 'x'.repeat(5000);
    const { user } = renderAnswer({ ...started, arguments: { long } });
    await user.click(screen.getByRole('button', { name: /Search readme/ }));
    expect(screen.queryByText(long)).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all 5,000 characters' }));
    expect(screen.getByText(long)).toBeVisible();
  });

  test('a value nested thousands deep neither overflows nor floods', async () => {
    let deep: Record<string, unknown> = { end: true };
    for (let level = 0; level < 5000; level += 1) deep = { deep };
    const { user } = renderAnswer({ ...started, arguments: deep });
    await user.click(screen.getByRole('button', { name: /Search readme/ }));
    expect(screen.getAllByText('deep')).toHaveLength(4);
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(screen.getAllByText('deep')).toHaveLength(8);
  });
});

describe('many tool calls', () => {
  const use = (toolCallId: string, toolName = 'search_docs'): readonly StoryEvent[] => [
    { type: 'tool.started', toolCallId, toolName, arguments: { for: toolCallId } },
    { type: 'tool.done', toolCallId, result: 1 },
  ];

  test('two stand for themselves', () => {
    renderAnswer(...use('a'), ...use('b'));
    expect(screen.getAllByRole('button', { name: 'Search docs' })).toHaveLength(2);
  });

  test('three are one line that opens', async () => {
    const { user } = renderAnswer(...use('a'), ...use('b'), ...use('c'), {
      type: 'tool.started',
      toolCallId: 'd',
      toolName: 'get_order',
      arguments: {},
    });
    expect(screen.queryByRole('button', { name: /Search docs/ })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Used 4 tools · Running' }));
    expect(screen.getAllByRole('button', { name: 'Search docs' })).toHaveLength(3);
    expect(screen.getByRole('button', { name: 'Get order · Running' })).toBeVisible();
  });

  test('failures are counted on the line', () => {
    renderAnswer(...use('a'), ...use('b'), started, { type: 'tool.failed', toolCallId: 'c', error: 'no' });
    expect(screen.getByRole('button', { name: 'Used 3 tools · 1 failed' })).toBeVisible();
  });

  test('what waits for a decision is never behind it', () => {
    const offered: StoryEvent = { type: 'capabilities.changed', capabilities: ALL_CAPABILITIES, epoch: null };
    renderAnswer(offered, ...use('a'), ...use('b'), review);
    expect(screen.getByRole('group', { name: 'Allow “Refund”?' })).toBeVisible();
  });

  test('text between them makes two runs', () => {
    renderAnswer(...use('a'), ...use('b'), ...said('Hm.'), ...use('c'));
    expect(screen.queryByRole('button', { name: /Used/ })).not.toBeInTheDocument();
  });

  test('another agent that is asked is named', () => {
    const asking: StoryEvent = {
      type: 'tool.started',
      toolCallId: 'h',
      toolName: 'call_sub_agent',
      arguments: { agent_key: 'billing-expert', input: 'Why?' },
    };
    renderAnswer(asking);
    expect(screen.getByRole('button', { name: 'Asking Billing expert…' })).toBeVisible();
  });
});

describe('reasoning', () => {
  const delta: StoryEvent = { type: 'part.delta', partId: 'r', delta: { kind: 'reasoning', reasoning: 'Hmm' } };
  const whole: StoryEvent = {
    type: 'part.done',
    partId: 'r',
    part: { kind: 'reasoning', reasoning: 'Hmm.' },
    after: 4100,
  };

  const line = (name: string): HTMLElement => screen.getByRole('button', { name });

  test.each<[string, readonly StoryEvent[], string]>([
    ['is over', [delta, whole], 'Thought for 4 s'],
    ['came whole', [whole], 'Thought about it'],
  ])('that %s is one line', (_, events, name) => {
    renderAnswer(...events);
    expect(line(name)).toBeVisible();
    expect(screen.queryByText(/^Hmm/)).not.toBeInTheDocument();
  });

  test('opens in place', async () => {
    const { user } = renderAnswer(delta, whole, ...said('So.'), ...done());
    await user.click(line('Thought for 4 s'));
    expect(screen.getByText('Hmm.')).toBeVisible();
  });

  test('is open while it grows, and closes when it is done', () => {
    const conversation = frozenConversation(...asked('Hi'), delta);
    renderWidget(conversation);
    expect(line('Thinking…')).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText('Hmm')).toBeVisible();
    act(() => conversation.play(whole));
    expect(line('Thought for 4 s')).toHaveAttribute('aria-expanded', 'false');
  });

  test('stays as the reader left it', async () => {
    const conversation = frozenConversation(...asked('Hi'), delta);
    const { user } = renderWidget(conversation);
    await user.click(line('Thinking…'));
    expect(screen.queryByText('Hmm')).not.toBeInTheDocument();
    await user.click(line('Thinking…'));
    act(() => conversation.play(whole));
    expect(line('Thought for 4 s')).toHaveAttribute('aria-expanded', 'true');
  });

  test('stays open where somebody selects in it', async () => {
    const conversation = frozenConversation(...asked('Hi'), delta);
    const { user } = renderWidget(conversation);
    await user.click(screen.getByText('Hmm'));
    act(() => conversation.play(whole));
    expect(screen.getByText('Hmm.')).toBeVisible();
  });
});

describe('files', () => {
  test('inline bytes become a card with name, type, size and a download', () => {
    renderAnswer({
      type: 'part.done',
      partId: 'f',
      part: { kind: 'file', file: { bytes: btoa('x'.repeat(2500)), mimeType: 'text/csv', name: 'plan.csv' } },
    });
    expect(screen.getByText('plan.csv')).toBeVisible();
    expect(screen.getByText('text/csv').parentElement).toHaveTextContent(/^text\/csv · 2.5 kB$/);
    expect(screen.getByRole('button', { name: 'Download plan.csv' })).toBeVisible();
  });

  test('an address is named by its host, and asked about before it is opened', async () => {
    const { user } = renderAnswer({
      type: 'part.done',
      partId: 'f',
      part: { kind: 'file', file: { uri: 'https://files.example.com/a.pdf', name: 'a.pdf' } },
    });
    expect(screen.getByText('files.example.com')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Open a.pdf' }));
    expect(await screen.findByRole('dialog', { name: 'Open this link?' })).toHaveTextContent(
      'https://files.example.com/a.pdf',
    );
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'blob:https://x/y', 'file:///etc/passwd'])(
    '%s is never a link',
    (uri) => {
      renderAnswer({ type: 'part.done', partId: 'f', part: { kind: 'file', file: { uri, name: 'a' } } });
      expect(screen.queryByRole('link')).not.toBeInTheDocument();
      expect(screen.getByText('This file cannot be opened safely.')).toBeInTheDocument();
    },
  );

  test('one from an earlier visit is known by name and size', () => {
    renderAnswer({
      type: 'part.done',
      partId: 'f',
      part: { kind: 'file', file: { size: 2500, mimeType: 'text/csv', name: 'plan.csv' } },
    });
    expect(screen.getByText('text/csv').parentElement).toHaveTextContent(/^text\/csv · 2.5 kB$/);
    expect(screen.getByText('This file was not kept in this browser.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /plan/ })).not.toBeInTheDocument();
  });

  test('a name cannot pretend to be another', () => {
    renderAnswer({
      type: 'part.done',
      partId: 'f',
      part: { kind: 'file', file: { bytes: '', name: 'invoice\u202efdp.exe' } },
    });
    expect(screen.getByText('invoice⟨U+202E⟩fdp.exe')).toBeVisible();
  });
});

describe('other parts', () => {
  test('data opens as readable text', async () => {
    const { user } = renderAnswer({
      type: 'part.done',
      partId: 'd',
      part: { kind: 'data', data: { days: 7, note: null } },
    });
    await user.click(screen.getByRole('button', { name: 'Data' }));
    expect(screen.getByText('7')).toBeVisible();
    expect(screen.getByText('null')).toBeVisible();
  });

  test("an error of the agent's is a plain sentence, with its words one click away", async () => {
    const { user } = renderAnswer({
      type: 'part.done',
      partId: 'e',
      part: { kind: 'error', error: 'E_VECTOR', code: 404 },
    });
    expect(screen.getByText('The agent ran into a problem.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Details' }));
    expect(screen.getByText('E_VECTOR')).toBeVisible();
  });

  test('a part of an unknown kind leaves a quiet line', () => {
    renderAnswer({ type: 'part.done', partId: 'u', part: { kind: 'unknown', originalKind: 'hologram' } });
    expect(screen.getByText("This part of the answer can't be shown here.")).toBeVisible();
  });
});
