import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/index.js';
import { createInstantClock } from './instantClock.js';
import { deltaText, readEvents } from './readEvents.js';
import { ask, request } from './request.js';

async function play(agent: string, text = 'Hi') {
  const clock = createInstantClock();
  const emulator = createEmulator({ clock });
  const streamed = await readEvents(await ask(emulator, agent, text, { stream: true }));
  const taskId = String(streamed.events[0]?.data['taskId']);
  return { ...streamed, emulator, clock, taskId, types: streamed.events.map((event) => event.type) };
}

describe('the built-in agents', () => {
  it('markdown thinks, uses a tool and shows every construct', async () => {
    const { types, events } = await play('markdown');
    expect(types).toContain('tool.done');
    expect(deltaText(events, 'reasoning')).not.toBe('');
    const text = deltaText(events);
    for (const construct of [
      /^## /m,
      /^### /m,
      /^\| :--- /m,
      /^```ts$/m,
      /^1\. /m,
      /^ {3}- /m,
      /^- \[x\] /m,
      /^> /m,
      /\[.+\]\(https:/,
      /~~.+~~/,
      /^---$/m,
    ]) {
      expect(text).toMatch(construct);
    }
  });

  it('client-tool asks the page for its title and tells what it said', async () => {
    const { events, emulator, taskId } = await play('client-tool');
    const pending = events.at(-1)?.data['pendingToolCalls'] as { id: string; function: { name: string } }[];
    expect(pending.map((call) => call.function.name)).toEqual(['get_page_title']);
    const answer = await answerTools(emulator, taskId, [{ id: pending[0]?.id, result: { title: 'My shop' } }]);
    expect(answer).toContain('This page is called **My shop**.');
  });

  it('client-tool asks for two things at once when told so, and copes with a tool that failed', async () => {
    const { events, emulator, taskId } = await play('client-tool', 'Do two things');
    const pending = events.at(-1)?.data['pendingToolCalls'] as { id: string }[];
    expect(pending).toHaveLength(2);
    const answer = await answerTools(emulator, taskId, [
      { id: pending[0]?.id, result: 'Just text' },
      { id: pending[1]?.id, result: { error: 'denied by the visitor' } },
    ]);
    expect(answer).toContain('**Just text**');
    expect(answer).toContain('could not run `get_local_time`: denied by the visitor');
  });

  it('fails-midway says something, then fails with 503', async () => {
    const { events } = await play('fails-midway');
    expect(deltaText(events)).toContain('three steps');
    expect(events.at(-1)).toMatchObject({ type: 'response.failed', data: { code: 503 } });
  });

  it('slow says nothing for three seconds', async () => {
    const { events, clock } = await play('slow');
    const [started, first] = events;
    expect(Date.parse(first?.timestamp ?? '') - Date.parse(started?.timestamp ?? '')).toBe(3000);
    expect(clock.sleeps.length).toBeGreaterThan(3);
  });

  it('drops breaks in the middle of a text that can be polled whole', async () => {
    const { end, events, emulator, taskId } = await play('drops');
    expect(end).toBe('broken');
    const polled = await (await request(emulator, 'GET', `/v2/agents/drops/responses/${taskId}`)).text();
    expect(polled).toContain(`${deltaText(events)}sentence, but`);
  });
});

async function answerTools(
  emulator: ReturnType<typeof createEmulator>,
  taskId: string,
  results: readonly { id: string | undefined; result: unknown }[],
): Promise<string> {
  const parts = results.map(({ id, result }) => ({ kind: 'tool_result', tool_call_id: id, result }));
  const body = { task_id: taskId, stream: true, message: { role: 'tool', parts } };
  const { events } = await readEvents(await request(emulator, 'POST', '/v2/agents/client-tool/responses', body));
  return deltaText(events);
}
