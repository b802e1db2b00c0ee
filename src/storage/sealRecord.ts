import { safeParse } from 'valibot';
import type { RecordKind } from './recordKind.js';
import { stableHash } from './stableHash.js';

/** Of every record that this version writes. A change that older versions would misread makes a new one, and needs a migration. */
const RECORD_VERSION = 1;

/** What is read from a storage. */
export type Unsealed<T> =
  | { readonly state: 'current'; readonly value: T }
  /** Of a newer version: `null` where it says nothing that this version understands. */
  | { readonly state: 'newer'; readonly value: T | null }
  /** Damaged, or somebody else's. */
  | { readonly state: 'broken'; readonly value: null };

const BROKEN = { state: 'broken', value: null } as const;

/** A record as text: its hash, its version and itself. The hash finds a record at another's place, and damage that would still be valid JSON. Against other scripts of the page there is no seal. */
export function sealRecord(key: string, value: unknown, version = RECORD_VERSION): string {
  const body = `${version}|${JSON.stringify(value)}`;
  return `${stableHash(key + body)}|${body}`;
}

/** Reads what `sealRecord` wrote, in this version or another. Never throws. */
export function unsealRecord<T>(key: string, text: unknown, { schema, migrations }: RecordKind<T>): Unsealed<T> {
  if (typeof text !== 'string') return BROKEN;
  const [, hash, body = '', digits, json = ''] = /^([^|]*)\|((\d+)\|([^]*))$/.exec(text) ?? [];
  if (hash !== stableHash(key + body)) return BROKEN;
  const version = Number(digits);
  const value = readValue(json, version, { schema, migrations });
  if (version > RECORD_VERSION) return { state: 'newer', value };
  return value === null ? BROKEN : { state: 'current', value };
}

function readValue<T>(json: string, version: number, { schema, migrations }: RecordKind<T>): T | null {
  try {
    let record: unknown = JSON.parse(json, withoutPrototype);
    for (let from = version; from < RECORD_VERSION; from += 1) record = migrations[from]!(record);
    const parsed = safeParse(schema, record);
    return parsed.success ? parsed.output : null;
  } catch {
    return null; // no JSON, nested too deep, or of a version that there never was
  }
}

/** `JSON.parse` makes `__proto__` a field like any other. Copied by somebody later on, it would become the copy's prototype. */
function withoutPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
