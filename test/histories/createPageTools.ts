import { sleep } from '../../src/core/sleep.js';
import type { ClientTools, ToolContext } from '../../src/core/tools/clientTool.js';
import type { ManualClock } from '../support/manualClock.js';

/** What the page's tools did, and what people allowed. */
export interface PageTools {
  readonly offered: ClientTools;
  /** The calls whose tool ran, as often as it did. */
  readonly ran: readonly string[];
  /** The calls of tools that must not run unasked. */
  readonly askedFor: ReadonlySet<string>;
}

export function createPageTools(clock: ManualClock): PageTools {
  const ran: string[] = [];
  const askedFor = new Set<string>();
  return {
    ran,
    askedFor,
    offered: {
      look: {
        title: 'Look',
        needsApproval: false,
        execute: (_, { toolCallId }: ToolContext) => ran.push(toolCallId),
      },
      change: {
        title: 'Change',
        needsApproval: true,
        execute(_, { toolCallId }: ToolContext) {
          askedFor.add(toolCallId);
          ran.push(toolCallId);
          return null;
        },
      },
      slow: {
        title: 'Take a while',
        needsApproval: false,
        async execute(_, { toolCallId, signal }: ToolContext) {
          ran.push(toolCallId);
          await sleep(clock, 5_000, signal);
          return 'Done';
        },
      },
      broken: {
        title: 'Break',
        needsApproval: false,
        execute(_, { toolCallId }: ToolContext) {
          ran.push(toolCallId);
          throw new Error('It broke.');
        },
      },
    },
  };
}
