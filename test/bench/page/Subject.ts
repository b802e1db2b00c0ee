import type { PastMessage } from '../corpus/history.js';

/**
 * One of those that are measured: a floor, a peer, or ourselves. Draws what was said before into the stage and resolves once it stands there.
 * A renderer of markdown has no history and ignores it.
 */
export type Subject = (stage: HTMLElement, past: readonly PastMessage[]) => Mounted | Promise<Mounted>;

export interface Mounted {
  /** Begins an answer; in a widget by sending a message. Resolves once its first delta can be taken. */
  begin(): Answer | Promise<Answer>;
  unmount(): void;
}

/** An answer that arrives. */
export interface Answer {
  push(delta: string): void;
  end(): void;
}
