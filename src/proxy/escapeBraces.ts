/**
 * Puts a space into what opens a template, so that a visitor cannot have the API fill in the agent's variables or run an expression: `{{`, `{%` and `{#`
 * are all that the engines know (PROTOCOL.md 4.1). Every engine escapes in its own way, and none in a way that the others undo; a space is the same for all, stays
 * readable for the agent, and hardly changes code that somebody pastes. A brace at the end counts too: the next part's text may follow directly.
 */
export function escapeBraces(text: string): string {
  return text.replace(/\{(?=[{%#]|$)/g, '{ ');
}

/** The same for every string inside a JSON value, names of fields included. */
export function escapeBracesIn(value: unknown): unknown {
  if (typeof value === 'string') return escapeBraces(value);
  if (Array.isArray(value)) return value.map(escapeBracesIn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [escapeBraces(name), escapeBracesIn(inner)]));
}
