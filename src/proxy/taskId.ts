/**
 * Task ids are opaque, but they end up in a path: only characters that mean nothing there, and no dot in front, so that `.` and `..` are none.
 * Long enough for ids that carry their own proof.
 */
const TASK_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,1023}$/;

/** True for text that may be a task id. Anything else is refused as a task that does not exist. */
export function isTaskId(text: string): boolean {
  return TASK_ID.test(text);
}
