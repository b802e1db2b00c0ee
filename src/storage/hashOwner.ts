import { stableHash } from './stableHash.js';

/** Nobody in particular. No hash is empty. */
export const ANONYMOUS = '';

/** Stands for an owner in keys: ids of people are not left readable in a browser, nor the same for two agents. */
export async function hashOwner(space: readonly string[], owner: string | null): Promise<string> {
  if (owner === null) return ANONYMOUS;
  const text = JSON.stringify([...space, owner]);
  try {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return stableHash(text); // no `subtle` on a page without https
  }
}
