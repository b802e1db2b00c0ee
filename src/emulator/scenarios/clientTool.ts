import { callClientTool, reason, say, type Step } from '../step.js';
import type { ToolResult, Turn } from '../turn.js';

/** Asks the page for its title (and its local time, where the text says "two"), and answers with what the page said. */
export function* clientTool(turn: Turn): Generator<Step, void, void> {
  if (turn.toolResults.length > 0) {
    for (const answer of turn.toolResults) yield say(`${describe(answer)}\n\n`);
    yield say('Ask me again after you have gone to another page.');
    return;
  }
  yield reason('Only the page knows that, so I have to ask it.');
  yield say('Let me look at the page you are on.');
  yield callClientTool({ name: 'get_page_title' });
  if (/\b(two|both)\b/i.test(turn.text)) {
    yield callClientTool({ name: 'get_local_time', arguments: { format: 'HH:mm' } });
  }
}

function describe({ name, result }: ToolResult): string {
  const problem = property(result, 'error');
  if (problem !== undefined) return `The page could not run \`${name}\`: ${problem}.`;
  if (name === 'get_page_title') return `This page is called **${property(result, 'title') ?? toText(result)}**.`;
  return `Your clock says **${property(result, 'time') ?? toText(result)}**.`;
}

function property(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return toText((value as Record<string, unknown>)[key]);
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}
