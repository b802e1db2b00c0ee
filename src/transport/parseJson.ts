/**
 * A JSON text's value, or `undefined` where it is none. Keys named `__proto__` are left out at every depth: merged by somebody's code into an
 * object of theirs they would replace its prototype.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, MAY_NAME_PROTO.test(text) ? withoutProto : undefined) as unknown;
  } catch {
    return undefined;
  }
}

// A reviver makes parsing several times slower, so it is only used where the key can be, also written with escapes.
const MAY_NAME_PROTO = /__proto__|\\u00/;

function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
