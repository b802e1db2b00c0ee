import * as v from 'valibot';

const json = v.record(v.string(), v.unknown());
const metadata = v.optional(json);
const base64 = v.pipe(
  v.string(),
  v.check((text) => !text.startsWith('data:'), 'bytes must be raw base64, not a data: URL'),
  v.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'bytes must be raw base64'),
);
const fileFields = { mimeType: v.optional(v.string()), name: v.optional(v.string()) };
const file = v.pipe(
  v.union([
    v.object({ bytes: base64, uri: v.optional(v.never()), ...fileFields }),
    v.object({ uri: v.string(), bytes: v.optional(v.never()), ...fileFields }),
  ]),
  v.transform((value) =>
    typeof value.uri === 'string'
      ? { uri: value.uri, mimeType: value.mimeType, name: value.name }
      : { bytes: value.bytes ?? '', mimeType: value.mimeType, name: value.name },
  ),
);
const toolResult = v.object({
  kind: v.literal('tool_result'),
  tool_call_id: v.pipe(v.string(), v.nonEmpty()),
  result: v.optional(v.unknown()),
  metadata,
});
const part = v.variant('kind', [
  v.object({ kind: v.literal('text'), text: v.string() }),
  v.object({ kind: v.literal('file'), file, metadata }),
  toolResult,
  v.object({ kind: v.literal('error'), error: v.string(), code: v.optional(v.number()) }),
]);
const message = v.pipe(
  v.object({
    messageId: v.optional(v.string()),
    role: v.picklist(['user', 'tool']),
    parts: v.pipe(v.array(part), v.minLength(1, 'message.parts must not be empty')),
  }),
  v.check(
    ({ role, parts }) => role !== 'tool' || parts.every((item) => item.kind === 'tool_result'),
    'a message with role tool may only have tool_result parts',
  ),
);
const identity = v.looseObject({
  id: v.pipe(v.string(), v.nonEmpty()),
  display_name: v.optional(v.string()),
  email: v.optional(v.pipe(v.string(), v.email('email must be a valid address'))),
  metadata: v.optional(v.array(json)),
  logo_url: v.optional(v.string()),
  tags: v.optional(v.array(v.string())),
});
const schema = v.object({
  message,
  task_id: v.optional(v.pipe(v.string(), v.nonEmpty())),
  variables: v.optional(json),
  identity: v.optional(identity),
  contact: v.optional(identity),
  thread: v.optional(v.looseObject({ id: v.pipe(v.string(), v.nonEmpty()), tags: v.optional(v.array(v.string())) })),
  memory: v.optional(v.object({ entity_id: v.pipe(v.string(), v.nonEmpty()) })),
  metadata,
  engine: v.optional(v.picklist(['text', 'jinja', 'mustache'])),
  background: v.optional(v.boolean(), false),
  stream: v.optional(v.boolean(), false),
  conversation: v.optional(v.looseObject({ _id: v.pipe(v.string(), v.nonEmpty()) })),
});

/** The body of a create-response request; keys that the API does not list are dropped. Source: PROTOCOL.md section 4.1. */
export type RequestBody = v.InferOutput<typeof schema>;

/** The body behind parsed JSON, or one sentence that says what is wrong with it. */
export function parseRequestBody(value: unknown): RequestBody | string {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  return describeIssue(result.issues[0]);
}

/** Where and what, for people who debug a client: `message.parts.0.text: …`. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}
