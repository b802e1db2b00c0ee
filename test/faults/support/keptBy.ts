import type { Visit } from './useStage.js';

/** All that the database of the visitor's browser holds, as one text. */
export async function keptBy({ page }: Visit): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const request = indexedDB.open('agent-chat-widget');
        request.onerror = () => reject(new Error('The database does not open.'));
        request.onsuccess = () => {
          const values = request.result.transaction('records').objectStore('records').getAll();
          values.onsuccess = () => resolve(values.result.join());
          request.result.close();
        };
      }),
  );
}
