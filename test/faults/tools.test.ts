import { expect, it, vi } from 'vitest';
import { defineTool, type ClientTool } from '../../src/core/tools/clientTool.js';
import { refuse } from '../support/faultServerFaults.js';
import { answer, callPage, started } from './support/moment.js';
import { row } from './support/row.js';
import { says } from './support/scriptedBackend.js';
import { setUp } from './support/setUp.js';
import type { Wire } from './support/wire.js';

const CALL = { id: 'call_1', name: 'open_cart', arguments: { tab: 'saved' } };

/** An agent that asks for one tool of the page. */
async function ask(wire: Wire, execute: ClientTool['execute']) {
  const tool = defineTool({ title: 'Open the cart', needsApproval: false, execute });
  const world = setUp(wire, { conversation: { tools: { open_cart: tool } } });
  world.backend.answersWith((run) =>
    run.continues === null ? run.say(started, callPage(CALL)) : run.say(...answer('Never mind')),
  );
  world.conversation.send('Open my cart');
  await world.clock.advance(100);
  const results = () => world.backend.runs.slice(1).map(({ body }) => JSON.stringify(body));
  const card = () =>
    world.state().messages.flatMap(({ parts }) => parts.filter((part) => part.kind === 'tool_call'))[0];
  return { ...world, results, card };
}

row('F-31', 'V', (wire) => {
  it.each<[string, ClientTool['execute']]>([
    [
      'throws',
      () => {
        throw new Error('No cart here');
      },
    ],
    ['rejects', () => Promise.reject(new Error('No cart here'))],
  ])('one that %s: the agent hears of it once, and goes on', async (_, execute) => {
    const handler = vi.fn(execute);
    const { results, card, transcript } = await ask(wire, handler);
    expect(handler).toHaveBeenCalledTimes(1);
    expect(results()).toHaveLength(1);
    expect(results()[0]).toContain('No cart here');
    expect(results()[0]).toContain('call_1');
    expect(card()).toMatchObject({ state: 'failed', error: 'No cart here' });
    expect(transcript().at(-1)).toBe('> Never mind: completed');
  });

  it('a result whose way is lost runs the tool no second time', async () => {
    const handler = vi.fn(() => ({ items: 3 }));
    const tool = defineTool({ title: 'Open the cart', needsApproval: false, execute: handler });
    const { conversation, backend, breaks, clock, posts, transcript } = setUp(wire, {
      conversation: { tools: { open_cart: tool } },
    });
    conversation.send('Open my cart');
    await clock.settle();
    backend.runs[0]!.say(started);
    breaks('send', refuse);
    backend.answersWith(says(...answer('Three things')));
    backend.runs[0]!.say(callPage(CALL));
    await clock.advance(10_000);
    expect(transcript().at(-1)).toBe('> Three things: completed');
    expect(handler).toHaveBeenCalledTimes(1);
    expect(posts()).toHaveLength(2);
    expect(new Set(posts()).size).toBe(2);
  });
});

row('F-32', 'V', (wire) => {
  it('after 60 s it is told to stop, the agent is told of it, and a late result is nobody’s', async () => {
    let finish: (result: unknown) => void = () => undefined;
    let signal: AbortSignal | undefined;
    const { clock, results, card, transcript, state } = await ask(wire, (_, context) => {
      signal = context.signal;
      return new Promise((resolve) => (finish = resolve));
    });
    await clock.advance(59_000);
    expect(card()).toMatchObject({ state: 'running' });
    expect(signal!.aborted).toBe(false);
    expect(results()).toEqual([]);
    await clock.advance(2_000);
    expect(signal!.aborted).toBe(true);
    expect(results()).toHaveLength(1);
    expect(results()[0]).toMatch(/tool_timeout/);
    expect(card()).toMatchObject({ state: 'failed' });
    const before = state();
    finish({ items: 3 });
    await clock.advance(60_000);
    expect(state()).toBe(before);
    expect(results()).toHaveLength(1);
    expect(transcript().at(-1)).toBe('> Never mind: completed');
    expect(clock.pending()).toBe(0);
  });
});
