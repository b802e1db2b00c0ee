import { describe, expect, it } from 'vitest';
import { json, readError, setUp } from './fakeUpstream.js';

const rated = { agent: 'support', trace_id: '01K6DA0W1B3C4D5E6F7G8H9J0K', rating: 'bad' };

describe('feedback', () => {
  it("becomes the rating of the turn's trace, and nothing of the API's answer gets out", async () => {
    const { post, upstream } = setUp({}, () => json({ secret: 1 }));
    const response = await post(rated, {}, '/feedback');
    expect(await response.json()).toEqual({ trace_id: rated.trace_id, rating: 'bad' });
    const { url, method, body } = upstream.hits[0]!;
    expect([method, url]).toEqual(['POST', 'https://api.orq.ai/v2/feedback']);
    expect(body).toEqual({ property: 'rating', value: ['bad'], trace_id: rated.trace_id, product: 'agents' });
    expect(upstream.hits).toHaveLength(1);
  });

  it('with a comment says both', async () => {
    const { post, upstream } = setUp({}, () => json({}));
    await post({ ...rated, comment: 'Too long.' }, {}, '/feedback');
    expect(upstream.hits.map(({ body }) => body)).toMatchObject([
      { property: 'rating', value: ['bad'] },
      { property: 'correction', value: 'Too long.' },
    ]);
  });

  it.each([
    [{ ...rated, rating: 'fine' }, 'invalid_request'],
    [{ ...rated, trace_id: '../x' }, 'invalid_request'],
    [{ ...rated, property: 'x' }, 'unknown_field'],
    [{ ...rated, comment: 'x'.repeat(2_001) }, 'invalid_request'],
    [{ ...rated, agent: 'other' }, 'agent_not_found'],
  ])('that says %j is refused', async (body, code) => {
    const { post, upstream } = setUp({});
    expect(await readError(await post(body, {}, '/feedback'))).toMatchObject({ code });
    expect(upstream.hits).toEqual([]);
  });

  it('on an answer that the API does not know says so', async () => {
    const { post } = setUp({}, () => json({ message: 'no' }, { status: 404 }));
    const response = await post(rated, {}, '/feedback');
    expect([response.status, (await readError(response)).code]).toEqual([404, 'trace_not_found']);
  });
});
