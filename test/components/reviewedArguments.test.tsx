import { createHash } from 'node:crypto';
import { render } from '@testing-library/react';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChatRoot } from '../../src/components/ChatRoot.js';
import { ValueTree } from '../../src/components/ValueTree.js';
import { prepareCall } from '../../src/core/tools/prepareCall.js';

const ROUNDS = 1000;

const text = fc.string({ unit: fc.constantFrom(...'abZ09 _-."\'<>&/\\{}[]:,*`#|é漢😀'), maxLength: 40 });
const { value: argument } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}));
const given = fc.dictionary(text, argument, { maxKeys: 4 }) as fc.Arbitrary<Record<string, unknown>>;

/** The value with its keys in order; lists as the numbered entries that the eye sees. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, each]) => [key, canonical(each)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex');
}

/** What a person reads off the card. */
function readTree(element: Element): unknown {
  const list = element.querySelector(':scope > .ac-value-tree');
  if (list) {
    return Object.fromEntries(
      [...list.children].map((entry) => [
        entry.querySelector(':scope > .ac-value-key')!.textContent,
        readTree(entry.querySelector(':scope > .ac-value')!),
      ]),
    );
  }
  const scalar = element.querySelector(':scope > .ac-value-text');
  if (!scalar) return {};
  const shown = scalar.textContent;
  return scalar.getAttribute('data-type') === 'string' ? shown : (JSON.parse(shown) as unknown);
}

test('what a person reads on a review is what the tool is run with', async () => {
  const samples = fc.sample(given, { numRuns: ROUNDS, seed: 4 });
  const card = (value: unknown, round: number) => (
    <ChatRoot mode="inline">
      <div data-testid="card" key={round}>
        <ValueTree value={value} />
      </div>
    </ChatRoot>
  );
  const { rerender, getByTestId } = render(card({}, -1));
  let same = 0;
  for (const [round, sample] of samples.entries()) {
    const call = { toolCallId: 'c', toolName: 'pay', arguments: structuredClone(sample) };
    const prepared = await prepareCall(call, {
      pay: { title: 'Pay', needsApproval: true, execute: () => Promise.resolve(null) },
    });
    if (prepared.kind !== 'ready') throw new Error(prepared.message);
    rerender(card(prepared.shown, round));
    const shown = hash(readTree(getByTestId('card')));
    // What has been shown cannot be changed any more, by whoever kept a hand on it.
    expect(() => Object.assign(prepared.args as object, { amount: 1e6 })).toThrow(TypeError);
    if (shown === hash(prepared.args) && shown === hash(sample)) same += 1;
    else expect(readTree(getByTestId('card'))).toEqual(sample);
  }
  expect(same).toBe(ROUNDS);
}, 30_000);
