import { describe, expect, it } from 'vitest';
import { json, readError, setUp } from './fakeUpstream.js';

const PATH = '/v2/agents/support/responses/task-1/reviews/call-1';
const options = { reviews: '/reviews/{agent}/{task_id}/{tool_call_id}' };

describe('a review', () => {
  it('goes where the configuration says, with the key and nothing else', async () => {
    const { post, upstream } = setUp(options, () => json({ secret: 1 }));
    const response = await post({ review: 'rejected', reason: 'Too much.' }, {}, PATH);
    expect(await response.json()).toEqual({ task_id: 'task-1', tool_call_id: 'call-1', review: 'rejected' });
    const { url, method, body } = upstream.hits[0]!;
    expect([method, url]).toEqual(['POST', 'https://api.orq.ai/reviews/support_agent/task-1/call-1']);
    expect(body).toEqual({ review: 'rejected', reason: 'Too much.' });
  });

  it('is not offered where there is nowhere to send it', async () => {
    const { post, upstream } = setUp({}, () => json({}));
    expect((await post({ review: 'approved' }, {}, PATH)).status).toBe(404);
    expect(upstream.hits).toEqual([]);
  });

  it.each([
    {},
    { review: 'maybe' },
    { review: 'approved', by: 'me' },
    { review: 'approved', reason: 'x'.repeat(2_001) },
  ])('that says %j is refused', async (body) => {
    const { post, upstream } = setUp(options);
    expect((await post(body, {}, PATH)).status).toBe(400);
    expect(upstream.hits).toEqual([]);
  });

  it.each([
    ['/v2/agents/support/responses/..%2f..%2f/reviews/call-1', 'task_not_found'],
    ['/v2/agents/support/responses/task-1/reviews/..%2f..', 'review_gone'],
    ['/v2/agents/other/responses/task-1/reviews/call-1', 'agent_not_found'],
  ])('of nothing is refused: %s', async (path, code) => {
    const { post, upstream } = setUp(options);
    expect(await readError(await post({ review: 'approved' }, {}, path))).toMatchObject({ code });
    expect(upstream.hits).toEqual([]);
  });

  it.each([
    [404, 410, 'review_gone'],
    [409, 409, 'review_decided'],
    [500, 502, 'upstream_error'],
  ])('that the API answers with %i is told', async (upstreamStatus, status, code) => {
    const { post } = setUp(options, () => json({ message: 'no' }, { status: upstreamStatus }));
    const response = await post({ review: 'approved' }, {}, PATH);
    expect([response.status, (await readError(response)).code]).toEqual([status, code]);
  });
});
