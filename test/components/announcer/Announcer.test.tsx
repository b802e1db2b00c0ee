import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import {
  answering,
  asked,
  done,
  exchange,
  failed,
  introduced,
  says,
  sending,
  typed,
} from '../../../stories/support/script.js';
import { ENGLISH } from '../../../src/components/language/english.js';
import { Speech } from '../../../src/components/announcer/Speech.js';
import { renderWidget } from '../support/renderWidget.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const announcer = (): HTMLElement => screen.getByRole('status');
const wait = (milliseconds: number): void =>
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });

test('the transcript itself is silent', () => {
  renderWidget(frozenConversation());
  expect(screen.getByRole('log', { name: 'Conversation' })).toHaveAttribute('aria-live', 'off');
});

test('sentences are spoken once they are complete, and what is left when the answer is done', () => {
  const conversation = frozenConversation(introduced, ...asked('Hi'));
  renderWidget(conversation);
  act(() => conversation.play(...says('Your **parcel** is here. It waits ')));
  wait(300);
  expect(announcer()).toHaveTextContent('Your parcel is here.');
  act(() => conversation.play(...says('at the door'), ...done()));
  wait(2500);
  expect(announcer()).toHaveTextContent(/^It waits at the door$/);
});

test('with "done" an answer is spoken once', () => {
  const conversation = frozenConversation(introduced, ...asked('Hi'));
  renderWidget(conversation, { announce: 'done' });
  act(() => conversation.play(...says('One. Two. ')));
  wait(5000);
  expect(announcer()).toHaveTextContent('');
  act(() => conversation.play(...done()));
  wait(5000);
  expect(announcer()).toHaveTextContent('One. Two.');
});

test('what was there before is not read aloud', () => {
  const conversation = frozenConversation(...exchange('Hi', 'Old words.'));
  renderWidget(conversation);
  wait(5000);
  expect(announcer()).toHaveTextContent('');
});

test('what is restored is not read aloud', () => {
  const conversation = frozenConversation({ type: 'conversation.reset', conversationId: 'c1', isRestoring: true });
  renderWidget(conversation);
  const { messages } = frozenConversation(...exchange('Hi', 'Old words.')).getState();
  act(() =>
    conversation.play({
      type: 'conversation.restored',
      conversationId: 'c1',
      ...{ taskId: null, run: null, status: 'idle', messages },
    }),
  );
  wait(5000);
  expect(announcer()).toHaveTextContent('');
  act(() => conversation.play(...asked('And now?', 'now'), ...says('New words. ')));
  wait(5000);
  expect(announcer()).toHaveTextContent('New words.');
});

test('what happens before its code is there is spoken once it is', () => {
  const conversation = frozenConversation(introduced);
  const before = conversation.getState();
  conversation.play(...asked('Hi'), ...says('One. Two. '));
  render(
    <div role="status">
      <Speech conversation={conversation} labels={ENGLISH} title={undefined} announce="sentences" before={before} />
    </div>,
  );
  wait(300);
  expect(announcer()).toHaveTextContent('Fern is answering One. Two.');
});

test('waiting, failing and losing the connection are spoken', () => {
  const conversation = frozenConversation(introduced);
  renderWidget(conversation);
  act(() => conversation.play(typed('q', 'Hi'), ...sending('q'), ...answering));
  wait(300);
  expect(announcer()).toHaveTextContent('Fern is answering');
  act(() => conversation.play({ type: 'run.connected', connection: 'reconnecting' }));
  wait(2500);
  expect(announcer()).toHaveTextContent("Can't connect. Trying again…");
  act(() => conversation.play({ type: 'run.connected', connection: 'streaming' }));
  wait(2500);
  expect(announcer()).toHaveTextContent('Connected again.');
  act(() => conversation.play(...failed({ code: 'server_error', message: '503' })));
  wait(2500);
  expect(announcer()).toHaveTextContent('Something went wrong on our side. Please try again.');
});

test('a connection that is lost for a moment only is not spoken of, nor that it is back', () => {
  const conversation = frozenConversation(introduced);
  renderWidget(conversation);
  act(() => conversation.play(...asked('Hi'), ...says('One. ')));
  wait(2500);
  act(() => conversation.play({ type: 'run.connected', connection: 'reconnecting' }));
  wait(249);
  act(() => conversation.play({ type: 'run.connected', connection: 'streaming' }, ...says('Two. ')));
  wait(2500);
  expect(announcer()).toHaveTextContent(/^Two\.$/);
  // Seen in the middle of it.
  act(() => conversation.play(...says('Three. ')));
  wait(200);
  act(() => conversation.play({ type: 'run.connected', connection: 'reconnecting' }));
  wait(200);
  act(() => conversation.play({ type: 'run.connected', connection: 'streaming' }, ...says('Four. ')));
  wait(5000);
  expect(announcer()).toHaveTextContent(/^Four\.$/);
});

test('nothing waits once the widget is gone', () => {
  const conversation = frozenConversation(introduced);
  const { unmount } = renderWidget(conversation);
  act(() => conversation.play(...asked('Hi'), ...says('One. Two. ')));
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});
