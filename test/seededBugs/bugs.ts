/** A mistake that somebody might make, as changes to the sources. Each text stands there exactly once, or the bug no longer applies. */
export interface SeededBug {
  readonly name: string;
  readonly changes: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** Where it takes a rare coincidence: one under which that comes soon. @default 1 */
  readonly seed?: number;
}

const bug = (name: string, file: string, from: string, to: string, seed = 1): SeededBug => ({
  ...{ name, seed },
  changes: [{ file, from, to }],
});

export const bugs: readonly SeededBug[] = [
  bug(
    'a broken stream is answered by sending again',
    'src/core/recovery/createRecovery.ts',
    `if (answerOf(getState())?.status === 'working') return followOn(context, failure, signal);`,
    `if (answerOf(getState())?.status === 'working') return { kind: 'again' };`,
  ),
  bug(
    'the composer is cleared before the message is kept',
    'src/react/createDraft.ts',
    `if (!keeping) {`,
    `if (keeping || !keeping) {`,
  ),
  bug(
    'a message leaves before it is written down',
    'src/core/createTurns.ts',
    `if (keeping) await keeping;\n      if (signal.aborted) return { kind: 'aborted' };\n      const attempt`,
    `const attempt`,
    14,
  ),
  bug(
    'a stream that ends without a terminal event counts as complete',
    'src/transport/readResponse.ts',
    `  throw dropped();\n}\n\nfunction dropped`,
    `  yield { type: 'response.done', finishReason: 'stop', pendingToolCalls: [], usage: null, traceId: null };\n}\n\nfunction dropped`,
  ),
  bug(
    'a receipt is believed after its retention',
    'src/core/recovery/askReceipt.ts',
    `return isSameMemory && age >= 0 && age < receipt.retainedMs;`,
    `return isSameMemory;`,
  ),
  bug(
    'no receipt counts as not received',
    'src/core/recovery/askReceipt.ts',
    `if (!transport.receipt || (!capabilities.receipts && epoch !== null)) return { kind: 'unknown' };`,
    `if (!transport.receipt || (!capabilities.receipts && epoch === null)) return { kind: 'not-processed' };`,
  ),
  bug('the queue is last in, first out', 'src/core/nextToSend.ts', `state.messages.find(`, `state.messages.findLast(`),
  {
    name: 'the second tab sends too',
    changes: [
      {
        file: 'src/core/keeping/createMemory.ts',
        from: `} else if (!group || group.isLeading) begin();`,
        to: `} else if (!group || group.isLeading || hasJoined) begin();`,
      },
      {
        file: 'src/core/keeping/createMemory.ts',
        from: `return group.forward(event);`,
        to: `return Boolean(group.forward(event) && false);`,
      },
    ],
  },
  bug(
    'a tool that was cut short runs again after a reload',
    'src/core/keeping/settleSaved.ts',
    `? { ...part, state: 'review-requested' as const, wasInterrupted: true }`,
    `? { ...part, state: 'input-required' as const }`,
    47,
  ),
  bug(
    'tools run unasked',
    'src/core/tools/prepareCall.ts',
    `return (typeof needsApproval === 'function' ? needsApproval(args) : needsApproval) !== false;`,
    `return typeof needsApproval === 'function' && needsApproval(args);`,
  ),
  bug(
    'a delta behind the end of its part is appended',
    'src/core/reduceParts.ts',
    `if (part.kind === 'text' && delta.kind === 'text' && part.state === 'streaming') {`,
    `if (part.kind === 'text' && delta.kind === 'text') {`,
  ),
  bug(
    'Stop forgets that the task goes on',
    'src/core/createTurns.ts',
    `      activeTaskId = taskId;\n      // Whether`,
    `      // Whether`,
    6,
  ),
  bug(
    'a polled answer is put beside the streamed one',
    'src/core/reduceSnapshot.ts',
    `return withoutSurplusText(pair(withTools, written, at), written);`,
    `return written.reduce((all, part, index) => applyPart(all, \`polled_\${index}\`, part, at), withTools);`,
  ),
  {
    // Since each tab leads until what it wrote is written, hardly any page reads such a message without its run: both have to fail.
    name: 'a message that was being sent when the page died is being sent for ever',
    seed: 77,
    changes: [
      {
        file: 'src/core/keeping/settleSaved.ts',
        from: `const isLost = message.delivery === 'sending' && message.id !== run?.userMessageId;`,
        to: `const isLost = message.delivery === 'sending' && message.id === '';`,
      },
      {
        file: 'src/core/tabs/createGroup.ts',
        from: `void written().then(() => own.leave());`,
        to: `own.leave();`,
      },
    ],
  },
  bug(
    'what is typed before a tab knows its leader is told to nobody',
    'src/core/tabs/createGroup.ts',
    `unshared.forEach(forward);`,
    ``,
  ),
  bug(
    'a draft does not come back after a reload',
    'src/react/createDraft.ts',
    `setText(conversation.readDraft() || `,
    `setText(`,
  ),
];
