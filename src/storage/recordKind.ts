import * as v from 'valibot';

/** What a record of this version looks like, and how one of an older version becomes one. */
export interface RecordKind<T> {
  readonly schema: v.GenericSchema<unknown, T>;
  /** By the version that they are for: each makes a record of version n one of version n + 1. */
  readonly migrations: Readonly<Record<number, (record: unknown) => unknown>>;
}

/** Every field of a type, the optional ones too. One that is added to the type and forgotten here would be lost at the next reload; this way it does not compile. */
export type FieldsOf<T> = Readonly<Record<keyof T, v.GenericSchema>>;

/** One of the words of a union. All of them have to be given, for the same reason. */
export function wordOf<T extends string>(words: Readonly<Record<T, true>>): v.GenericSchema<unknown, T> {
  return v.picklist(Object.keys(words) as T[]);
}

/** An object with keys of somebody's own. Not `v.record`: that leaves out `constructor` and `prototype`, which a tool's arguments may well have. */
export const anyObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
