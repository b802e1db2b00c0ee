import { drawLines } from './support/lines.js';

const LINES_PER_GROUP = 16;

/** The floor of those that let the browser skip what is out of sight. */
export default drawLines(LINES_PER_GROUP);
