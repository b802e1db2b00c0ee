export type Review = 'approved' | 'rejected';

/** Tool calls of one run that a person has to decide about. */
export interface PendingReviews {
  /** By the tool's name, what was decided. */
  readonly decided: ReadonlyMap<string, Review>;
  /** Resolves with the decision, however long it takes; rejects when the emulator is closed. */
  ask(toolCallId: string, toolName: string, signal: AbortSignal): Promise<Review>;
  /** @returns `unknown` where nobody asked, `conflict` where it was decided otherwise. */
  decide(toolCallId: string, review: Review): 'taken' | 'unknown' | 'conflict';
}

export function createPendingReviews(): PendingReviews {
  const decided = new Map<string, Review>();
  const calls = new Map<string, { review: Review | null; resolve(review: Review): void }>();
  return {
    decided,
    async ask(toolCallId, toolName, signal) {
      const review = await new Promise<Review>((resolve, reject) => {
        calls.set(toolCallId, { review: null, resolve });
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
      decided.set(toolName, review);
      return review;
    },
    decide(toolCallId, review) {
      const call = calls.get(toolCallId);
      if (call === undefined) return 'unknown';
      if (call.review !== null) return call.review === review ? 'taken' : 'conflict';
      call.review = review;
      call.resolve(review);
      return 'taken';
    },
  };
}
