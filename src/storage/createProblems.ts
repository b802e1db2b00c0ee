import type { ConversationStorage, StorageProblem } from '../core/conversationStorage.js';

export interface Problems extends Pick<ConversationStorage, 'onProblem'> {
  report(problem: StorageProblem): void;
}

/** Tells each problem once. Who comes later hears of those before, too: the storage is at work before anything is drawn. */
export function createProblems(): Problems {
  const listeners = new Map<symbol, (problem: StorageProblem) => void>();
  const told = new Set<StorageProblem>();

  function tell(key: symbol, problem: StorageProblem): void {
    try {
      listeners.get(key)?.(problem);
    } catch (thrown) {
      console.error('agent-chat-widget: a listener for storage problems threw. Please mend it.', thrown);
    }
  }

  return {
    report(problem) {
      if (told.has(problem)) return;
      told.add(problem);
      for (const key of [...listeners.keys()]) tell(key, problem);
    },
    onProblem(listener) {
      const key = Symbol();
      listeners.set(key, listener);
      for (const problem of told) queueMicrotask(() => tell(key, problem));
      return () => void listeners.delete(key);
    },
  };
}
