import type { ConversationStorage, StorageProblem } from '../core/conversationStorage.js';

export interface Problems extends Pick<ConversationStorage, 'onProblem'> {
  report(problem: StorageProblem): void;
}

/** Tells each problem once. Who comes later hears of those before, too: the storage is at work before anything is drawn. */
export function createProblems(): Problems {
  const listeners = new Set<(problem: StorageProblem) => void>();
  const told = new Set<StorageProblem>();
  return {
    report(problem) {
      if (told.has(problem)) return;
      told.add(problem);
      for (const hear of [...listeners]) hear(problem);
    },
    onProblem(listener) {
      function hear(problem: StorageProblem): void {
        if (!listeners.has(hear)) return;
        try {
          listener(problem);
        } catch (thrown) {
          console.error('agent-chat-widget: a listener for storage problems threw. Please mend it.', thrown);
        }
      }
      listeners.add(hear);
      for (const problem of told) queueMicrotask(() => hear(problem));
      return () => void listeners.delete(hear);
    },
  };
}
