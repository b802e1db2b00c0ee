import { ulid } from 'ulid';
import type { Clock } from './clock.js';
import { createRandom, type Random } from './random.js';

/** Makes identifiers in the forms of PROTOCOL.md section 2. */
export interface Ids {
  /** A ULID: tasks, responses, messages, traces. */
  ulid(): string;
  /** `{kind}_{ulid}` in lower case: parts of a stream. */
  part(kind: string): string;
  /** `call_…`: tool calls. Unlike the others it is opaque on the real service. */
  toolCall(): string;
  /** A UUID: A2A contexts. */
  uuid(): string;
}

/** Identifiers from a seeded generator and the injected clock, so that the same seed makes the same bytes. */
export function createIds(random: Random, clock: Clock): Ids {
  // ulid takes time 0 for "not given" and would ask the machine's clock.
  const next = (): string => ulid(Math.max(1, clock.now()), random);
  return {
    ulid: next,
    part: (kind) => `${kind}_${next().toLowerCase()}`,
    toolCall: () => `call_${next().slice(10).toLowerCase()}`,
    uuid: () => {
      const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}

/** The registry id of a tool: the same for one name in every turn, as tools outlive runs. */
export function toolId(name: string): string {
  return ulid(TOOLS_CREATED_AT, createRandom(`tool:${name}`));
}

const TOOLS_CREATED_AT = Date.UTC(2026, 0, 1);
