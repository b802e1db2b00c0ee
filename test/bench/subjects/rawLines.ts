import { followTail } from '../page/followTail.js';
import type { Subject } from '../page/Subject.js';
import { appendLines } from './support/lines.js';

/** The floor: text and nothing else. */
const rawLines: Subject = (stage) => ({
  begin: () => appendLines(followTail(stage)),
  unmount: () => undefined,
});
export default rawLines;
