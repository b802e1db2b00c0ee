/** An event of a stream, as the wire has it. */
export interface StreamedEvent {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown>;
}

/** Everything that a stream had to say, and how it ended: with `[DONE]`, without, or by breaking. */
export interface StreamedAnswer {
  readonly events: readonly StreamedEvent[];
  readonly end: 'done' | 'eof' | 'broken';
}

/** Reads a stream of LF-framed events to its end. */
export async function readEvents(response: Response): Promise<StreamedAnswer> {
  const { text, isBroken } = await readText(response);
  const blocks = text.split('\n\n').filter((block) => block !== '');
  const payloads = blocks.map((block) => {
    if (!block.startsWith('data: ')) throw new Error(`Not a data block: ${block}`);
    return block.slice('data: '.length);
  });
  const events = payloads
    .filter((payload) => payload !== '[DONE]')
    .map((payload) => JSON.parse(payload) as StreamedEvent);
  return { events, end: isBroken ? 'broken' : payloads.at(-1) === '[DONE]' ? 'done' : 'eof' };
}

/** The text of a body as far as it came. */
export async function readText(response: Response): Promise<{ text: string; isBroken: boolean }> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    return { text, isBroken: false };
  } catch {
    return { text, isBroken: true };
  }
}

/** The text that a stream's deltas add up to. */
export function deltaText(events: readonly StreamedEvent[], kind: 'text' | 'reasoning' = 'text'): string {
  return events
    .filter((event) => event.type === 'part.delta')
    .map((event) => event.data['delta'] as Record<string, unknown>)
    .map((delta) => (delta['kind'] === kind ? String(delta[kind]) : ''))
    .join('');
}
