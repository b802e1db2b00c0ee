import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../src/emulator/index.js';
import { deltaText, type StreamedEvent } from './readEvents.js';
import { ask, request } from './request.js';
import { sdkProblems } from '../support/sdkSchemas.js';

/** Reads the stream up to the review, and hands over the rest. */
async function askForReview(emulator: Emulator) {
  const response = await ask(emulator, 'review', 'Refund please', { stream: true });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const events: StreamedEvent[] = [];
  const readUntil = async (type: string | null): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const [, payload] of value.matchAll(/^data: (\{.*)$/gm)) events.push(JSON.parse(payload!) as StreamedEvent);
      if (events.at(-1)?.type === type) return;
    }
  };
  await readUntil('tool.review.requested');
  const taskId = String(events[0]!.data['taskId']);
  const toolCallId = String(events.at(-1)!.data['toolCallId']);
  const decide = (review: unknown, id = toolCallId) =>
    request(emulator, 'POST', `/__emulator/tasks/${taskId}/reviews/${id}`, { review });
  return { events, taskId, decide, readRest: () => readUntil(null) };
}

describe('a tool call that a person has to allow', () => {
  it.each([
    ['approved', ['tool.review.requested', 'tool.review.done', 'tool.started', 'tool.done'], /59\.90 EUR/],
    ['rejected', ['tool.review.requested', 'tool.review.done', 'tool.failed'], /not refunded/],
  ])('goes on as decided: %s', async (review, types, words) => {
    const { events, decide, readRest } = await askForReview(createEmulator());
    expect(events.at(-1)!.data).toMatchObject({
      toolName: 'refund_order',
      arguments: { order: 'A-1042' },
      requiresApproval: true,
    });
    expect((await decide(review)).status).toBe(200);
    await readRest();
    expect(events.map(({ type }) => type).filter((type) => type.startsWith('tool.'))).toEqual(types);
    expect(
      new Set(events.flatMap(({ data }) => (data['toolCallId'] === undefined ? [] : [data['toolCallId']]))).size,
    ).toBe(1);
    expect(deltaText(events)).toMatch(words);
    for (const event of events) expect(sdkProblems('streamEvent', event)).toEqual([]);
    expect(events.at(-1)!.type).toBe('response.done');
  });

  it('shows the call once in the JSON answer', async () => {
    const emulator = createEmulator();
    const { taskId, decide, readRest } = await askForReview(emulator);
    await decide('approved');
    await readRest();
    const answer = (await (await request(emulator, 'GET', `/v2/agents/review/responses/${taskId}`)).json()) as object;
    expect(JSON.stringify(answer).match(/"kind":"tool_call"/g)).toHaveLength(1);
  });

  it('is decided once', async () => {
    const { decide } = await askForReview(createEmulator());
    expect((await decide('approved')).status).toBe(200);
    expect((await decide('approved')).status).toBe(200);
    expect((await decide('rejected')).status).toBe(409);
  });

  it.each([
    ['of another id', 'approved', 'call_x', 404],
    ['that says nothing', 'maybe', undefined, 400],
  ])('takes no decision %s', async (_, review, id, status) => {
    const { decide } = await askForReview(createEmulator());
    expect((await decide(review, id)).status).toBe(status);
  });

  it('does not keep a closed emulator', async () => {
    const emulator = createEmulator();
    const { events, readRest } = await askForReview(emulator);
    emulator.close();
    await readRest();
    expect(events.at(-1)!.type).toBe('response.failed');
  });
});
