// The few kinds of field that the wire has, as questions to a value. Decoders read only the fields they have named, so nothing else that somebody sends travels on.
// (A schema library does the same for every token of an answer, more slowly and for 2 kB more.)

/** Whether a value is what a field may hold. */
export type Field<T> = (value: unknown) => value is T;
export type FieldValue<F> = F extends Field<infer T> ? T : never;
type Fields = Readonly<Record<string, Field<unknown>>>;
/** An object that was found to have these fields. */
type ObjectOf<F extends Fields> = { readonly [Key in keyof F]: FieldValue<F[Key]> };

export const string: Field<string> = (value) => typeof value === 'string';
export const number: Field<number> = (value) => typeof value === 'number';
export const boolean: Field<boolean> = (value) => typeof value === 'boolean';

/** A string with something in it. */
export const id: Field<string> = (value): value is string => string(value) && value !== '';

/** Whatever it is: looked at later, or passed on as it is. */
export const anything = (() => true) as unknown as Field<unknown>;

/** An object with keys of somebody's own. */
export const record: Field<Record<string, unknown>> = (value): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The field, `null` or nothing. */
export function nullish<T>(field: Field<T>): Field<T | null | undefined> {
  return (value): value is T | null | undefined => value == null || field(value);
}

/** Text, `null` or nothing. */
export const text = nullish(string);

export function literal<const T extends string>(word: T): Field<T> {
  return (value): value is T => value === word;
}

export function array<T>(field: Field<T>): Field<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(field);
}

export function object<const F extends Fields>(fields: F): Field<ObjectOf<F>> {
  const entries = Object.entries(fields);
  return (value): value is ObjectOf<F> => record(value) && entries.every(([key, field]) => field(value[key]));
}

/** What fits the field, or `null`. */
export function read<T>(field: Field<T>, value: unknown): T | null {
  return field(value) ? value : null;
}

/** Reads an object field by field and translates it, or gives `null` where it does not fit. */
export function decoder<const F extends Fields, T>(
  fields: F,
  translate: (wire: ObjectOf<F>) => T | null,
): (value: unknown) => T | null {
  const fits = object(fields);
  return (value) => (fits(value) ? translate(value) : null);
}

/** The first that is text and not empty, or `null`. */
export function firstText(...values: readonly unknown[]): string | null {
  return values.find(id) ?? null;
}

/** `{ [key]: value }`, or nothing where there is no value: an optional field is left out, never `undefined`. */
export function optional<Key extends string, T>(key: Key, value: T | null | undefined): { [key in Key]?: T } {
  return (value == null ? {} : { [key]: value }) as { [key in Key]?: T };
}
