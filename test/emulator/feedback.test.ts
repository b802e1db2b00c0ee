import { expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/index.js';
import { ask, request } from './request.js';

async function rate(change: Readonly<Record<string, unknown>> = {}): Promise<Response> {
  const emulator = createEmulator({ agents: { echo: () => [] } });
  const answer = (await (await ask(emulator, 'echo', 'Hi')).json()) as { telemetry: { trace_id: string } };
  const body = { property: 'rating', value: ['good'], trace_id: answer.telemetry.trace_id, product: 'agents' };
  return request(emulator, 'POST', '/v2/feedback', { ...body, ...change });
}

it('echoes a rating of a turn', async () => {
  const response = await rate();
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ property: 'rating', value: ['good'], product: 'agents' });
});

it.each([
  [{ property: undefined }, 400],
  [{ value: { good: true } }, 400],
  [{ value: ['fine'] }, 400],
  [{ product: 'shoes' }, 400],
  [{ trace_id: 'unknown' }, 404],
])('refuses %j', async (change, status) => {
  expect((await rate(change)).status).toBe(status);
});
