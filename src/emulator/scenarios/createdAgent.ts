import { say } from '../step.js';
import type { Scenario } from '../turn.js';

/** What an agent does that was created through the API: it has a manifest, but nothing to think with. */
export function createdAgent(displayName: string): Scenario {
  return (turn) => [
    say(
      `I am **${displayName}**, created through the API. The emulator has no model behind me, so I can only repeat:\n\n`,
    ),
    say(turn.text === '' ? '(a message without text)' : turn.text),
  ];
}
