import { followTail } from '../page/followTail.js';
import type { Subject } from '../page/Subject.js';
import { appendLines } from './support/lines.js';

const LINES_PER_GROUP = 16;

/** The floor of those that let the browser skip what is out of sight. */
const rawLinesCv: Subject = (stage) => ({
  begin: () => appendLines(followTail(stage), LINES_PER_GROUP),
  unmount: () => undefined,
});
export default rawLinesCv;
