import { isQuotaExceeded } from './keyValueStore.js';

/**
 * Writes something, if need be in the place of something older.
 *
 * @param makeRoom - gives something up; false where there is nothing left to give up.
 * @throws whatever `write` rejects with: that there is no room only where none could be made.
 */
export async function makingRoom<T>(write: () => Promise<T>, makeRoom: () => Promise<boolean>): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isQuotaExceeded(error) || !(await makeRoom())) throw error;
    }
  }
}
