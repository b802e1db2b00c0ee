import type { Runs } from './createRuns.js';
import { visitorOf } from './visitorOf.js';

/** What is known of a message. */
export type ReceiptBody =
  | {
      /** The message came, and is not known to have been refused: it must not be sent again. */
      readonly status: 'received';
      /** Where its answer can be had. Absent as long as the API has not named it. */
      readonly task_id?: string;
      /** Whether that is the last word. With no `task_id`, the message may have reached the agent or not, and nobody will learn which. */
      readonly settled: boolean;
    }
  | {
      /** The message did not come, or was certainly not processed, provided that it was sent less than `retained_s` ago and in this epoch. */
      readonly status: 'unknown';
      /** Seconds, to the millisecond: rounded to whole ones, what is sent in the first second after a start would never be proved lost. */
      readonly retained_s: number;
    };

/** `GET /receipts/{key}`: what became of the message with this idempotency key. */
export async function readReceipt(key: string, request: Request, { store }: Runs): Promise<ReceiptBody> {
  const run = await store.findKey(visitorOf(request), key);
  if (run === null) return { status: 'unknown', retained_s: Math.floor(await store.retainedMs()) / 1000 };
  return {
    status: 'received',
    ...(run.taskId === null ? {} : { task_id: run.taskId }),
    settled: run.isOver,
  };
}
