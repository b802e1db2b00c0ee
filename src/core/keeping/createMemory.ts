import { once } from '../once.js';
import type { Keeper, KeeperOptions } from './createKeeper.js';

export interface MemoryOptions extends KeeperOptions {
  /** Goes on with what was brought back. */
  begin(): void;
}

const NOTHING = { messages: [], taskId: null, run: null, status: 'idle' } as const;

/** The conversation's side of a storage. The storage's own code comes when it is needed; what happens before that is written then. */
export interface Memory {
  /** Looks for what was kept, unless that is being done already. */
  restore(id: string | null): void;
  note(isToken: boolean): void;
  keep(): Promise<void>;
  rename(id: string, title: string): Promise<void>;
  /** Writes what is shown, which is about to be shown no more. */
  leave(): void;
  /** Nobody waits for what was kept any more, for now. */
  pause(): void;
  /** Another person is there. `isIntroduction`: the one who was nobody yet. */
  changeOwner(isIntroduction: boolean): void;
}

export function createMemory(options: MemoryOptions): Memory {
  const { storage, getState, dispatch, begin } = options;
  const load = once(async () => (await import('./createKeeper.js')).createKeeper(options));
  let keeper: Keeper | null = null;
  let restoring: Promise<void> | null = null;
  const owner = (): string | null => getState().identity?.id ?? null;

  function restore(id: string | null): void {
    const mine: Promise<void> = bringBack(id, () => restoring !== mine);
    restoring = mine;
  }

  async function bringBack(id: string | null, isStale: () => boolean): Promise<void> {
    keeper = await load().catch(() => null);
    await keeper?.restore(owner(), id, isStale);
    if (isStale()) return;
    restoring = null;
    // Without the code for it, nothing is brought back and nothing kept; the conversation goes on.
    if (!keeper) dispatch({ type: 'conversation.restored', conversationId: getState().conversationId, ...NOTHING });
    begin();
  }

  return {
    restore(id) {
      if (!restoring) restore(id);
    },
    note: (isToken) => keeper?.note(isToken),
    keep: async () => {
      await restoring;
      await keeper?.keep();
    },
    rename: async (id, title) => (await load()).rename(id, title),
    leave() {
      restoring = null;
      void keeper?.keep();
      keeper?.begin();
    },
    pause() {
      restoring = null;
      void keeper?.keep();
    },
    changeOwner(isIntroduction) {
      if (isIntroduction) void storage.setOwner(owner()).then(() => keeper?.keepAll());
      else {
        // Nobody is there any more: an owner's data would stay behind for the next visitor of this browser.
        if (owner() === null) void storage.clear();
        restore(null);
      }
    },
  };
}
