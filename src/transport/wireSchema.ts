import * as v from 'valibot';

// The few kinds of field that the wire has. Schemas copy the keys they name into new objects, so nothing else that somebody sends travels on.

/** A string with something in it. */
export const id = v.custom<string>((value) => typeof value === 'string' && value !== '');

/** Text, `null` or nothing. */
export const text = v.nullish(v.string());

/** Whatever it is: looked at later, or passed on as it is. */
export const anything = v.nullish(v.unknown());

/** An object with keys of somebody's own. Not `v.record`: that leaves out `constructor` and `prototype`, which a tool's arguments may well have. */
export const record = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** What fits the schema, or `null`. */
export function read<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | null {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : null;
}

/** Reads an object field by field and translates it, or gives `null` where it does not fit. */
export function decoder<const Entries extends v.ObjectEntries, T>(
  entries: Entries,
  translate: (wire: v.InferOutput<v.ObjectSchema<Entries, undefined>>) => T | null,
): (value: unknown) => T | null {
  const schema = v.object(entries);
  return (value) => {
    const parsed = v.safeParse(schema, value);
    return parsed.success ? translate(parsed.output) : null;
  };
}

/** The first that is text and not empty, or `null`. */
export function firstText(...values: readonly unknown[]): string | null {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? null;
}

/** `{ [key]: value }`, or nothing where there is no value: an optional field is left out, never `undefined`. */
export function optional<Key extends string, T>(key: Key, value: T | null | undefined): { [key in Key]?: T } {
  return (value == null ? {} : { [key]: value }) as { [key in Key]?: T };
}
