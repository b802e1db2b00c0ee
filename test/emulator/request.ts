import type { Emulator } from '../../src/emulator/index.js';

/** Sends a request to an emulator as a client of the API would. */
export function request(emulator: Emulator, method: string, path: string, body?: unknown): Promise<Response> {
  return emulator.fetch(
    new Request(`http://emulator.test${path}`, {
      method,
      headers: { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}

/** A user message with one text part. */
export function userMessage(text: string): { role: 'user'; parts: { kind: 'text'; text: string }[] } {
  return { role: 'user', parts: [{ kind: 'text', text }] };
}

/** Asks an agent. `more` goes into the request body beside the message. */
export function ask(
  emulator: Emulator,
  agent: string,
  text: string,
  more: Record<string, unknown> = {},
): Promise<Response> {
  return request(emulator, 'POST', `/v2/agents/${agent}/responses`, { message: userMessage(text), ...more });
}
