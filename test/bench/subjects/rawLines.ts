import { drawLines } from './support/lines.js';

/** The floor: text and nothing else. */
export default drawLines();
