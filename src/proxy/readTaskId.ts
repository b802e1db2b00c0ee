import { isTaskId } from './taskId.js';

/** The task that a frame names, where it is the one that begins a response (PROTOCOL.md 6.2); also inside `{"data": …}`, as some describe it. */
export function readFrameTaskId(frame: Uint8Array): string | null {
  const text = new TextDecoder().decode(frame);
  if (!text.includes('response.started')) return null;
  const payload = text
    .split(/\r\n|\r|\n/)
    .flatMap((line) => (line.startsWith('data:') ? [line.slice('data:'.length)] : []))
    .join('\n');
  try {
    const json: unknown = JSON.parse(payload);
    const event = field(json, 'type') === undefined ? field(json, 'data') : json;
    return field(event, 'type') === 'response.started' ? checked(field(field(event, 'data'), 'taskId')) : null;
  } catch {
    return null;
  }
}

/** The task that a JSON answer names: as a response, or as a task (PROTOCOL.md 4.7). */
export function readJsonTaskId(json: Readonly<Record<string, unknown>>): string | null {
  return checked(json.task_id ?? json.id);
}

function checked(value: unknown): string | null {
  return typeof value === 'string' && isTaskId(value) ? value : null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
