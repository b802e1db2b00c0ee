import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { json, readError, setUp } from './fakeUpstream.js';

const MANIFEST = {
  _id: '01K6D8QET4CR7DSDV07Y5WMDDG',
  key: 'support_agent',
  display_name: 'Support',
  description: 'Answers questions',
  instructions: 'SECRET-INSTRUCTIONS',
  system_prompt: 'SECRET-PROMPT',
  model: { id: 'openai/gpt-4o' },
  path: 'Default/agents',
  suggestions: ['SECRET-SUGGESTION'],
};

describe('the public card', () => {
  it('has the name and description from the API, and nothing else of its manifest', async () => {
    const { get, upstream } = setUp({}, () => json(MANIFEST));
    const response = await get('/agents/support');
    expect(await response.json()).toEqual({
      key: 'support',
      display_name: 'Support',
      description: 'Answers questions',
      suggestions: [],
    });
    expect(upstream.hits[0]).toMatchObject({ method: 'GET', url: 'https://api.orq.ai/v2/agents/support_agent' });
  });

  it('comes from the options alone where they have a name', async () => {
    const agent = { key: 'support_agent', displayName: 'Ada', suggestions: ['What can you do?'] };
    const { get, upstream } = setUp({ agents: { support: agent } });
    expect(await (await get('/agents/support')).json()).toEqual({
      key: 'support',
      display_name: 'Ada',
      description: null,
      suggestions: ['What can you do?'],
    });
    expect(upstream.hits).toEqual([]);
  });

  it('prefers a description from the options', async () => {
    const { get } = setUp({ agents: { support: { key: 'support_agent', description: 'Ours' } } }, () => json(MANIFEST));
    expect(await (await get('/agents/support')).json()).toMatchObject({ display_name: 'Support', description: 'Ours' });
  });

  it('falls back to the public name for an agent without one', async () => {
    const { get } = setUp({}, () => json({ ...MANIFEST, display_name: ' ', description: null }));
    expect(await (await get('/agents/support')).json()).toMatchObject({ display_name: 'support', description: null });
  });

  it('asks for the agent, not for the version it is pinned to', async () => {
    const { get, upstream } = setUp({ agents: { support: 'support_agent@1.2.3' } }, () => json(MANIFEST));
    await get('/agents/support');
    expect(upstream.hits[0]!.url).toBe('https://api.orq.ai/v2/agents/support_agent');
  });

  it('does not hide that the API has no such agent', async () => {
    const { get } = setUp({}, () => json({ message: 'Agent not found' }, { status: 404 }));
    const response = await get('/agents/support');
    expect([response.status, (await readError(response)).code]).toEqual([404, 'agent_not_found']);
  });
});

describe('a card from the API', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is asked for once a minute at most', async () => {
    const { get, upstream } = setUp({}, () => json(MANIFEST));
    for (let view = 0; view < 5; view += 1) await (await get('/agents/support')).text();
    expect(upstream.hits).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    await get('/agents/support');
    expect(upstream.hits).toHaveLength(2);
  });

  it('is asked for again after a failure', async () => {
    let isUp = false;
    const { get } = setUp({}, () => (isUp ? json(MANIFEST) : json({}, { status: 500 })));
    expect((await get('/agents/support')).status).toBe(502);
    isUp = true;
    expect((await get('/agents/support')).status).toBe(200);
  });
});
