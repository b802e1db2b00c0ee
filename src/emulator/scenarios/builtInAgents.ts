import readme from '../../../README.md?raw';
import { createGuide } from '../guide/createGuide.js';
import type { ManifestFields } from '../manifest.js';
import type { Scenario } from '../turn.js';
import { clientTool } from './clientTool.js';
import { markdown } from './markdown.js';
import { review } from './review.js';
import { drops, failsMidway, slow } from './misbehaving.js';

/** The agents that every emulator has. The last one is the newest, so it comes first in a list. */
export const builtInAgents: Readonly<
  Record<string, { readonly scenario: Scenario; readonly manifest: ManifestFields }>
> = {
  drops: {
    scenario: drops,
    manifest: {
      display_name: 'Drops',
      description: 'Breaks the connection in the middle of an answer that is finished on the server.',
      role: 'Unreliable line',
      instructions: 'Lose the connection once in every answer.',
    },
  },
  slow: {
    scenario: slow,
    manifest: {
      display_name: 'Slow',
      description: 'Says its first word after three seconds and pauses in between.',
      role: 'Slow thinker',
      instructions: 'Take your time.',
    },
  },
  'fails-midway': {
    scenario: failsMidway,
    manifest: {
      display_name: 'Fails midway',
      description: 'Begins an answer and fails with 503.',
      role: 'Overloaded provider',
      instructions: 'Fail in the middle of every answer.',
    },
  },
  'client-tool': {
    scenario: clientTool,
    manifest: {
      display_name: 'Page reader',
      description: 'Asks the page you are on for its title. Say "two" and it asks for the local time as well.',
      role: 'Page reader',
      instructions: 'Use the tools of the page.',
    },
  },
  review: {
    scenario: review,
    manifest: {
      display_name: 'Refunds',
      description: 'Wants to refund an order, and waits until you allow or forbid it.',
      role: 'Refund clerk',
      instructions: 'Refund orders, but only with the leave of a person.',
    },
  },
  markdown: {
    scenario: markdown,
    manifest: {
      display_name: 'Tea shop',
      description: 'Answers with headings, lists, a table, code, a quote and a link.',
      role: 'Tea merchant',
      instructions: 'Show everything that markdown can do.',
    },
  },
  guide: {
    scenario: createGuide(readme),
    manifest: {
      display_name: 'Guide',
      description: 'Answers questions about this library from its README, and says so when the README has no answer.',
      role: 'Documentation guide',
      instructions: 'Answer from the README only, and name the section.',
    },
  },
};
