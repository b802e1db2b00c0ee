import type { Part } from '../../core/message.js';

/** A part that stands for itself, or tool calls in a row. */
export interface PartGroup {
  readonly isToolRun: boolean;
  readonly partIds: readonly [string, ...string[]];
}

/** The parts of a message in order, tool calls that follow each other taken together. */
export function groupToolCalls(parts: readonly Part[]): readonly PartGroup[] {
  const groups: PartGroup[] = [];
  for (const { kind, partId } of parts) {
    const last = groups.at(-1);
    const isToolRun = kind === 'tool_call';
    if (isToolRun && last?.isToolRun) groups[groups.length - 1] = { isToolRun, partIds: [...last.partIds, partId] };
    else groups.push({ isToolRun, partIds: [partId] });
  }
  return groups;
}
