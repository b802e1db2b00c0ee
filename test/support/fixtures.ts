import { readFileSync } from 'node:fs';

const folder = new URL('../fixtures/', import.meta.url);

/** A recorded body, byte for byte as it is sent. The examples are those of PROTOCOL.md. */
export function readFixture(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** A recorded JSON body, parsed. */
export function readJsonFixture(name: string): Record<string, unknown> {
  return JSON.parse(readFixture(name)) as Record<string, unknown>;
}

export const streamFixtures = ['text-with-server-tool.sse', 'client-tools.sse', 'review-rejected.sse', 'failed.sse'];
