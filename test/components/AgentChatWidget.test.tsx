import { act, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { StrictMode } from 'react';
import { beforeAll, expect, test } from 'vitest';
import { AgentChatWidget } from '../../src/components/AgentChatWidget.js';
import type { AgentEvent } from '../../src/core/agentEvent.js';
import type { Clock } from '../../src/core/clock.js';
import { loadLikelyParts } from '../../src/components/lazyParts.js';
import { AgentChatError } from '../../src/core/errors.js';
import { createPushTransport } from './support/pushTransport.js';

/** Frames are drawn at once, so that what the agent says is on screen after the next microtasks. */
const clock: Clock = {
  now: () => 0,
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  frame: (callback) => {
    callback();
    return () => undefined;
  },
};

beforeAll(loadLikelyParts);

const started: AgentEvent = { type: 'response.started', taskId: 't', responseId: 'r', model: null, traceId: null };
const says = (text: string): AgentEvent => ({ type: 'part.delta', partId: 'p', delta: { kind: 'text', text } });
const done: AgentEvent = {
  type: 'response.done',
  finishReason: 'stop',
  pendingToolCalls: [],
  usage: null,
  traceId: null,
};
const settle = (): Promise<void> => act(async () => void (await new Promise((resolve) => setImmediate(resolve))));

async function ask(text: string) {
  const transport = createPushTransport();
  const user = userEvent.setup();
  render(
    <StrictMode>
      <AgentChatWidget
        url="/chat"
        agent="support"
        storage="none"
        title="Fern"
        transport={transport}
        clock={clock}
        defaultOpen
      />
    </StrictMode>,
  );
  await user.type(screen.getByRole('textbox', { name: 'Message' }), `${text}{Enter}`);
  await settle();
  const push = async (...events: readonly AgentEvent[]): Promise<void> => {
    transport.push(...events);
    await settle();
  };
  return { transport, user, push };
}

const answer = (): HTMLElement => screen.getAllByRole('article', { name: 'Fern' }).at(-1)!;

test('a question goes out once and its answer grows on screen', async () => {
  const { transport, push } = await ask('Hello');
  expect(transport.requests.map(({ agentKey, message }) => [agentKey, message.parts])).toEqual([
    ['support', [{ kind: 'text', text: 'Hello' }]],
  ]);
  await push(started, says('Hi '));
  expect(answer()).toHaveTextContent('Hi');
  await push(says('there.'), done);
  expect(answer()).toHaveTextContent('Hi there.');
  expect(within(answer()).getByRole('button', { name: 'Copy' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Stop' })).not.toBeInTheDocument();
});

test('Stop ends the request and keeps what arrived', async () => {
  const { transport, user, push } = await ask('Hello');
  await push(started, says('Half an'));
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  await settle();
  expect(transport.requests[0]?.signal.aborted).toBe(true);
  expect(answer()).toHaveTextContent('Half an');
  expect(answer()).toHaveTextContent('Stopped');
});

test('a message that was turned away can be tried again, as the same message', async () => {
  const { transport, user, push } = await ask('Hello');
  // A wait of an hour is for the visitor to decide about.
  transport.fail(new AgentChatError({ code: 'rate_limited', message: '429', retryAfterMs: 3_600_000 }));
  await settle();
  expect(screen.getByRole('article', { name: 'You' })).toHaveTextContent('Not sent.');
  await user.click(screen.getByRole('button', { name: 'Retry' }));
  await settle();
  await push(started, says('Hi.'), done);
  expect(transport.requests).toHaveLength(2);
  expect(transport.requests[1]?.message.messageId).toBe(transport.requests[0]?.message.messageId);
  expect(screen.getAllByRole('article', { name: 'You' })).toHaveLength(1);
  expect(answer()).toHaveTextContent('Hi.');
});

test('what is sent while an answer is on its way waits for its turn', async () => {
  const { transport, user, push } = await ask('One?');
  await push(started, says('One'));
  await user.type(screen.getByRole('textbox', { name: 'Message' }), 'Two?{Enter}');
  expect(screen.getByText('Queued')).toBeVisible();
  expect(transport.requests).toHaveLength(1);
  await push(done);
  expect(transport.requests).toHaveLength(2);
  expect(screen.queryByText('Queued')).not.toBeInTheDocument();
});

test('a host that renders again does not begin anew', async () => {
  const transport = createPushTransport();
  const widget = <AgentChatWidget url="/chat" agent="support" transport={transport} defaultOpen />;
  const { rerender } = render(widget);
  const box = screen.getByRole('textbox', { name: 'Message' });
  await userEvent.type(box, 'Draft');
  rerender(<AgentChatWidget url="/chat" agent="support" transport={transport} labels={{ send: 'Go' }} defaultOpen />);
  expect(screen.getByRole('textbox', { name: 'Message' })).toBe(box);
  expect(box).toHaveValue('Draft');
});
