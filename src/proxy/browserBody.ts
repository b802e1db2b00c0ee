import * as v from 'valibot';
import { ProxyError } from './proxyError.js';
import type { ProxyAgent } from './resolveAgents.js';
import type { ProxySettings } from './resolveOptions.js';
import { isTaskId } from './taskId.js';

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;
// Raw base64, never a `data:` URL (PROTOCOL.md section 3).
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const MEDIA_TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

const jsonObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const textPart = v.strictObject({ kind: v.literal('text'), text: v.string() });
const filePart = v.strictObject({
  kind: v.literal('file'),
  file: v.strictObject({
    bytes: v.pipe(v.string(), v.regex(BASE64)),
    mimeType: v.optional(v.pipe(v.string(), v.regex(MEDIA_TYPE))),
    name: v.optional(v.pipe(v.string(), v.maxLength(255), v.regex(/^\P{Cc}+$/u))),
  }),
});
const toolResultPart = v.strictObject({
  kind: v.literal('tool_result'),
  tool_call_id: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  result: v.optional(v.unknown()),
});

/**
 * What a browser may send (DESIGN.md 4.6). Every object is strict: a field that is silently dropped would be a bug that nobody finds. `identity`, `contact`
 * and `memory` name the visitor, which only a verified visitor may do: accepted so that clients need not know, but never read.
 */
const browserBody = v.strictObject({
  message: v.variant('role', [
    v.strictObject({
      messageId: v.optional(v.pipe(v.string(), v.regex(ULID))),
      role: v.literal('user'),
      parts: v.pipe(v.array(v.variant('kind', [textPart, filePart, toolResultPart])), v.minLength(1)),
    }),
    v.strictObject({
      messageId: v.optional(v.pipe(v.string(), v.regex(ULID))),
      role: v.literal('tool'),
      parts: v.pipe(v.array(v.variant('kind', [toolResultPart])), v.minLength(1)),
    }),
  ]),
  task_id: v.optional(v.string()),
  stream: v.optional(v.boolean()),
  background: v.optional(v.boolean()),
  thread: v.optional(v.strictObject({ id: v.pipe(v.string(), v.minLength(1), v.maxLength(255)) })),
  metadata: v.optional(jsonObject),
  variables: v.optional(jsonObject),
  identity: v.optional(v.unknown()),
  contact: v.optional(v.unknown()),
  memory: v.optional(v.unknown()),
});

/** A request body that keeps all the rules. */
export type BrowserBody = v.InferOutput<typeof browserBody>;
export type BrowserPart = BrowserBody['message']['parts'][number];

/**
 * Checks a request body against what this agent accepts.
 *
 * @throws ProxyError that names the field: `unknown_field`, `invalid_request`, `file_refused`, `too_large` or `task_not_found`.
 */
export function checkBrowserBody(value: unknown, agent: ProxyAgent, limits: ProxySettings['limits']): BrowserBody {
  // Before the schema, which would look at each of a million parts and report each.
  if (countParts(value) > limits.parts) throw new ProxyError('too_large', { field: 'message.parts' });
  const result = v.safeParse(browserBody, value);
  if (!result.success) throw toProxyError(result.issues);
  const body = result.output;
  if (body.stream === true && body.background === true)
    throw new ProxyError('invalid_request', { field: 'background' });
  if (body.task_id !== undefined && !isTaskId(body.task_id))
    throw new ProxyError('task_not_found', { field: 'task_id' });
  const variable = Object.keys(body.variables ?? {}).find((name) => !agent.variables.has(name));
  if (variable !== undefined) throw new ProxyError('unknown_field', { field: toFieldName(['variables', variable]) });
  checkParts(body.message.parts, agent, limits);
  return body;
}

function countParts(value: unknown): number {
  const outline = v.safeParse(
    v.object({ message: v.object({ parts: v.pipe(v.custom<unknown[]>(Array.isArray)) }) }),
    value,
  );
  return outline.success ? outline.output.message.parts.length : 0;
}

function checkParts(parts: readonly BrowserPart[], agent: ProxyAgent, limits: ProxySettings['limits']): void {
  let characters = 0;
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'text') characters += part.text.length;
    if (part.kind === 'file' && !agent.acceptsFiles)
      throw new ProxyError('file_refused', { field: `message.parts[${index}].file` });
  }
  if (characters > limits.textCharacters) throw new ProxyError('too_large', { field: 'message.parts[].text' });
}

/** The first of a schema's complaints as our error. */
export function toProxyError(issues: readonly v.BaseIssue<unknown>[]): ProxyError {
  // An unknown field explains a missing one (`uri` instead of `bytes`), so it is told first.
  const unknown = issues.find((issue) => issue.type === 'strict_object' && issue.expected === 'never');
  const issue = unknown ?? issues[0];
  const path = issue?.path?.map((item) => item.key) ?? [];
  const field = toFieldName(path.length === 0 ? ['body'] : path);
  if (unknown === undefined) return new ProxyError('invalid_request', { field });
  return new ProxyError(/^message\.parts\[\d+\]\.file\.uri$/.test(field) ? 'file_refused' : 'unknown_field', { field });
}

/** Names a field as a developer would write it. The last name may be the client's own invention: shortened, and quoted where it is no plain word. */
function toFieldName(path: readonly unknown[]): string {
  return path.reduce<string>((field, key) => {
    if (typeof key === 'number') return `${field}[${key}]`;
    const text = String(key);
    const name = /^[\w$-]{1,60}$/.test(text)
      ? text
      : JSON.stringify(text.slice(0, 60).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' '));
    return field === '' ? name : `${field}.${name}`;
  }, '');
}
