/** What the bench sends, to whomever. */
export const QUESTION = 'Tell me more.';
