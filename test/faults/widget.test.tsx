import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import type { ChatRootProps } from '../../src/components/ChatRoot.js';
import { createBrowserStorage } from '../../src/storage/createBrowserStorage.js';
import '../../src/storage/openDurableStorage.js'; // so that nothing has to wait for files
import { messageText } from '../../src/core/message.js';
import { useAgentConversation } from '../../src/react/useAgentConversation.js';
import { renderWidget } from '../components/support/renderWidget.js';
import { createFakeWebStorage } from '../storage/fakeWebStorage.js';
import { envelope } from '../support/faultServerFaults.js';
import { answer, done, failed, finish, started, text, textDone } from './support/moment.js';
import { row } from './support/row.js';
import { says } from './support/scriptedBackend.js';
import { setUp, type SetUpOptions } from './support/setUp.js';
import type { Wire } from './support/wire.js';

function show(wire: Wire, props: ChatRootProps = {}, options: SetUpOptions = {}) {
  const world = setUp(wire, options);
  const widget = renderWidget(world.conversation, props);
  const pass = (ms: number) => act(() => world.clock.advance(ms));
  return { ...world, ...widget, pass, box: () => screen.getByRole('textbox', { name: 'Message' }) };
}

row('F-09', 'V', (wire) => {
  it('a file that is too large is refused before it is sent, and the words go without it', async () => {
    const { backend, user, box, pass, arrived, posts, container } = show(wire, { attachments: { maxFileBytes: 4 } });
    backend.answersWith(says(...answer('Thanks')));
    const content = 'a picture';
    await user.upload(
      container.querySelector<HTMLInputElement>('input[type="file"]')!,
      new File([content], 'large.txt', { type: 'text/plain' }),
    );
    await screen.findByText('large.txt is too large. A file can have up to 4 bytes.');
    expect(posts()).toEqual([]);
    await user.type(box(), 'See this{Enter}');
    await pass(100);
    expect(screen.getByRole('log').textContent).toContain('Thanks');
    expect(posts()).toHaveLength(1);
    expect(JSON.stringify(arrived)).not.toContain(btoa(content));
  });

  it('more files than a message may carry: the first ones go, and the visitor reads how many', async () => {
    const { backend, user, box, pass, arrived, posts, container } = show(wire, { attachments: { maxCount: 2 } });
    backend.answersWith(says(...answer('Thanks')));
    const files = ['one', 'two', 'three'].map((name) => new File([name], `${name}.txt`, { type: 'text/plain' }));
    await user.upload(container.querySelector<HTMLInputElement>('input[type="file"]')!, files);
    await screen.findByText('One message can have up to 2 files.');
    await user.type(box(), 'See these{Enter}');
    await pass(100);
    expect(posts()).toHaveLength(1);
    for (const [name, isSent] of [
      ['one', true],
      ['two', true],
      ['three', false],
    ] as const)
      expect(JSON.stringify(arrived).includes(btoa(name))).toBe(isSent);
  });
});

row('F-10', 'V', (wire) => {
  afterEach(() => void vi.useRealTimers());

  it('the visitor reads for how long it waits, second by second', async () => {
    const { conversation, backend, breaks, clock, pass } = show(wire);
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: clock.now() });
    backend.answersWith(says(...answer('At last')));
    breaks('send', envelope(429, 'rate_limited', 'no', { 'retry-after': '12' }));
    conversation.send('Hello');
    await pass(100);
    await screen.findByText('Busy right now. Trying again in 12 s…');
    act(() => void vi.advanceTimersByTime(9_000));
    screen.getByText('Busy right now. Trying again in 3 s…');
    await pass(13_000);
    expect(screen.queryByText(/^Busy right now/)).toBeNull();
    expect(screen.getByRole('log').textContent).toContain('At last');
  });
});

row('F-41', 'V', (wire) => {
  it('the visitor is told once that older conversations made room, until she has read it', async () => {
    const localStorage = createFakeWebStorage();
    const stores = { indexedDB: null, localStorage, sessionStorage: null };
    const storage = createBrowserStorage({ url: '/chat', agentKey: 'support', ...stores });
    const { conversation, backend, user, pass } = show(wire, {}, { conversation: { storage } });
    backend.answersWith(says(...answer('Thanks')));
    const say = async (words: string): Promise<void> => {
      act(conversation.reset);
      act(() => void conversation.send(words));
      await vi.waitFor(async () => {
        await pass(100);
        expect(screen.getByRole('log').textContent).toContain('Thanks');
      });
      await act(() => conversation.keep()!);
    };
    const told = (): readonly string[] => screen.queryAllByText(/oldest conversations/).map((each) => each.textContent);
    await say('first');
    const size = [...localStorage.items].reduce((sum, [key, text]) => sum + key.length + text.length, 0);
    localStorage.quota = size + 600;
    await say('second');
    await screen.findByText(/oldest conversations/);
    expect(told()).toEqual(['This browser was full. Your oldest conversations were removed to make room.']);
    expect(screen.getByText(/oldest conversations/).closest('[role="status"]')).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    await say('third');
    expect(told()).toEqual([]);
    expect((await conversation.list()).map(({ title }) => title)).toEqual(['third']);
  });
});

row('F-51', 'V', (wire) => {
  it('the visitor reads that signing in did not work, and may try again', async () => {
    const { backend, user, box, pass, posts } = show(wire, {}, { transport: { getToken } });
    let isSignedIn = false;
    function getToken(): Promise<string> {
      return isSignedIn ? Promise.resolve('token') : Promise.reject(new Error('signed out'));
    }
    backend.answersWith(says(...answer('Welcome back')));
    await user.type(box(), 'Hello{Enter}');
    await pass(60_000);
    expect(screen.getByRole('log').textContent).toContain('Your session has ended. Please sign in again.');
    expect(posts()).toEqual([]);
    isSignedIn = true;
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    await pass(1_000);
    expect(screen.getByRole('log').textContent).toContain('Welcome back');
    expect(posts()).toHaveLength(1);
  });
});

row('F-27', 'V', (wire) => {
  it('the visitor reads what arrived, that it failed, and may try again', async () => {
    const { backend, user, box, pass, posts } = show(wire);
    backend.answersWith(says(started, text('First, open the'), failed('Provider overloaded', 503)));
    await user.type(box(), 'Explain{Enter}');
    await pass(100);
    const log = screen.getByRole('log');
    expect(log.textContent).toContain('First, open the');
    expect(log.textContent).toContain('The answer could not be finished.');
    expect(log.textContent).not.toContain('503');
    backend.answersWith(says(...answer('Open the settings.')));
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    await pass(100);
    expect(log.textContent).toContain('Open the settings.');
    expect(new Set(posts()).size).toBe(2);
  });
});

const ENDINGS: [string, RegExp][] = [
  ['length', /maximum length/],
  ['content_filter', /content filter/],
  ['max_iterations', /too many steps/],
  ['max_time', /too long/],
];

row('F-28', 'V', (wire) => {
  it.each(ENDINGS)('%s', async (reason, words) => {
    const { backend, user, box, pass, state } = show(wire);
    backend.answersWith(says(started, text('So far'), textDone('So far'), finish(reason)));
    await user.type(box(), 'Tell me everything{Enter}');
    await pass(100);
    expect(screen.getByRole('log').textContent).toMatch(words);
    expect(state().status).toBe('completed');
  });

  it('an answer that ended by itself has no such note', async () => {
    const { backend, user, box, pass } = show(wire);
    backend.answersWith(says(started, text('All of it'), done));
    await user.type(box(), 'Tell me everything{Enter}');
    await pass(100);
    for (const [, words] of ENDINGS) expect(screen.getByRole('log').textContent).not.toMatch(words);
  });
});

row('F-28', 'V', (wire) => {
  it.each(ENDINGS.filter(([reason]) => reason !== 'content_filter'))('%s can be continued', async (reason) => {
    const { backend, user, box, pass, posts } = show(wire);
    backend.answersWith(says(started, text('So far'), finish(reason)));
    await user.type(box(), 'Tell me everything{Enter}');
    await pass(100);
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await pass(100);
    expect(posts()).toHaveLength(2);
    expect(backend.runs[1]!.continues).toBe(backend.runs[0]!.taskId);
  });
});

row('F-45', 'V', (wire) => {
  it('50 clicks on Send are one message', async () => {
    const { backend, user, box, pass, posts } = show(wire);
    backend.answersWith(says(...answer('Once is enough')));
    await user.type(box(), 'Hello');
    const send = screen.getByRole('button', { name: 'Send' });
    for (let click = 0; click < 50; click += 1) fireEvent.click(send);
    await pass(1_000);
    expect(posts()).toHaveLength(1);
    expect(within(screen.getByRole('log')).getAllByText('Hello')).toHaveLength(1);
  });

  it('an Enter that repeats is one message', async () => {
    const { backend, user, box, pass, posts } = show(wire);
    backend.answersWith(says(...answer('Once is enough')));
    await user.type(box(), 'Hello');
    for (let times = 0; times < 50; times += 1) fireEvent.keyDown(box(), { key: 'Enter', repeat: times > 0 });
    await pass(1_000);
    expect(posts()).toHaveLength(1);
  });

  it.each([
    ['while composing', { isComposing: true }],
    ['as Safari sends it', { keyCode: 229 }],
  ])('an Enter that picks a word sends nothing: %s', async (_, event) => {
    const { user, box, pass, posts } = show(wire);
    await user.type(box(), 'にほんご');
    fireEvent.keyDown(box(), { key: 'Enter', ...event });
    await pass(1_000);
    expect(posts()).toEqual([]);
    expect(box()).toHaveProperty('value', 'にほんご');
  });
});

row('F-47', 'V', (wire) => {
  // Whole widgets are mounted as often in Chromium: jsdom would take half a minute for them.
  it('200 times in strict mode, and nothing is left', async () => {
    const { orders, backend, clock, network } = setUp(wire);
    backend.answersWith(says(started, text('Once ')));
    function Page(): ReactNode {
      const { messages, send } = useAgentConversation({ url: '/chat', agent: 'support', storage: 'none', ...orders });
      return <button onClick={() => send('Tell me a story')}>{messages.map(messageText)}</button>;
    }
    for (let times = 0; times < 200; times += 1) {
      const { container, unmount } = render(
        <StrictMode>
          <Page />
        </StrictMode>,
      );
      fireEvent.click(container.querySelector('button')!); // looking it up by its role takes longer than all the rest
      await act(() => clock.advance(50));
      expect(container.textContent).toContain('Once');
      unmount();
    }
    await clock.settle();
    expect(backend.runs).toHaveLength(200);
    expect({
      listeners: backend.runs.reduce((sum, run) => sum + run.listeners(), 0),
      timers: clock.pending(),
      wakes: network.listeners(),
    }).toEqual({ listeners: 0, timers: 0, wakes: 0 });
  });

  it('mounted again it takes the answer up, and sends nothing', async () => {
    const { conversation, backend, clock, pass, posts, unmount } = show(wire);
    conversation.send('Tell me a story');
    await pass(0);
    const [run] = backend.runs;
    run!.say(started, text('Once '));
    await pass(100);
    unmount();
    conversation.destroy();
    await clock.settle();
    expect(run!.listeners()).toBe(0);
    expect(clock.pending()).toBe(0);
    run!.say(text('upon '));
    renderWidget(conversation);
    conversation.resume();
    await pass(1_000);
    run!.say(text('a time.'), done);
    await pass(1_000);
    expect(screen.getByRole('log').textContent).toContain('Once upon a time.');
    expect(posts()).toHaveLength(1);
  });
});
