import type { AgentEvent } from './agentEvent.js';
import type { Clock } from './clock.js';
import type { ConversationState } from './conversationState.js';
import type { ConversationEvent, LocalEvent } from './conversationEvent.js';
import { reduce } from './reduce.js';
import type { Store } from './store.js';

export interface Dispatcher {
  /** Takes one event: a delta with the next frame, everything else at once and behind the deltas that wait. */
  dispatch(event: AgentEvent | LocalEvent): void;
  /** Applies what waits now. */
  flush(): void;
}

/**
 * The way from events to the store. Deltas are gathered and applied once per frame: applied one by one, a burst (a replay, a buffering proxy)
 * would render thousands of times within one frame.
 */
export function createDispatcher(
  store: Store<ConversationState>,
  clock: Clock,
  onEvent: (event: AgentEvent | LocalEvent) => void,
): Dispatcher {
  let waiting: ConversationEvent[] = [];
  let cancelFrame: (() => void) | null = null;

  function flush(): void {
    cancelFrame?.();
    cancelFrame = null;
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    store.setState(events.reduce(reduce, store.getState()));
    events.forEach(onEvent);
  }

  function dispatch(event: AgentEvent | LocalEvent): void {
    waiting.push({ ...event, at: clock.now() });
    if (event.type !== 'part.delta') flush();
    else cancelFrame ??= clock.frame(flush);
  }

  return { dispatch, flush };
}
