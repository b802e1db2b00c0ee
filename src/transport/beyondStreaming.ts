/** What an answer that streams to its end does without, in one file: once anything of it was needed, the words for what fails are there although the network is not. */
export { createVerbs } from './createVerbs.js';
export { readError } from './readError.js';
