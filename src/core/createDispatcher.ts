import type { AgentEvent } from './agentEvent.js';
import type { Clock } from './clock.js';
import type { ConversationState } from './conversationState.js';
import type { ConversationEvent, LocalEvent } from './conversationEvent.js';
import { reduce } from './reduce.js';
import type { Store } from './store.js';

export interface Dispatcher {
  /** Takes one event: a delta with the next frame, everything else at once and behind the deltas that wait. */
  dispatch(event: (AgentEvent | LocalEvent) & { readonly at?: number }): void;
  /** Applies what waits now. */
  flush(): void;
}

/**
 * The way from events to the store. Deltas are gathered and applied once per frame: applied one by one, a burst (a replay, a buffering proxy)
 * would render thousands of times within one frame.
 *
 * @param onEvent - is told every event in order, after it took effect. What it throws is reported to the console.
 */
export function createDispatcher(
  store: Store<ConversationState>,
  clock: Clock,
  onEvent: (event: ConversationEvent) => void,
): Dispatcher {
  let waiting: ConversationEvent[] = [];
  let unreported: ConversationEvent[] = [];
  let isReporting = false;
  let cancelFrame: (() => void) | null = null;

  function flush(): void {
    cancelFrame?.();
    cancelFrame = null;
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    unreported.push(...events);
    store.setState(events.reduce(reduce, store.getState()));
    report();
  }

  // A listener may give commands, whose events take effect at once; in turn, or they would be told before the event that caused them.
  function report(): void {
    if (isReporting) return;
    isReporting = true;
    for (let events = unreported; events.length > 0; events = unreported) {
      unreported = [];
      events.forEach(tell);
    }
    isReporting = false;
  }

  function tell(event: ConversationEvent): void {
    try {
      onEvent(event);
    } catch (thrown) {
      console.error('agent-chat-widget: onEvent threw. The conversation goes on; please mend the handler.', thrown);
    }
  }

  function dispatch(event: (AgentEvent | LocalEvent) & { readonly at?: number }): void {
    waiting.push({ at: clock.now(), ...event });
    if (event.type !== 'part.delta') flush();
    else cancelFrame ??= clock.frame(flush);
  }

  return { dispatch, flush };
}
