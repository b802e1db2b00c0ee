import { isTerminal, type AgentEvent } from './agentEvent.js';
import { AgentChatError, toAgentChatError } from './errors.js';

export type TurnOutcome =
  | { readonly kind: 'ended' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly error: AgentChatError };

/** Passes on what a transport yields. Never throws. `ended` means that a terminal event was passed on. */
export async function readTurn(
  events: AsyncIterable<AgentEvent>,
  signal: AbortSignal,
  dispatch: (event: AgentEvent) => void,
): Promise<TurnOutcome> {
  try {
    for await (const event of events) {
      if (signal.aborted) break;
      dispatch(event);
      if (isTerminal(event)) return { kind: 'ended' };
    }
    return signal.aborted ? { kind: 'aborted' } : { kind: 'failed', error: endedEarly() };
  } catch (thrown) {
    return signal.aborted ? { kind: 'aborted' } : { kind: 'failed', error: toAgentChatError(thrown) };
  }
}

// A transport that just stops would otherwise leave an answer that is being written for ever.
function endedEarly(): AgentChatError {
  return new AgentChatError({
    code: 'stream_dropped',
    message:
      'The transport ended without a terminal event. What had arrived is kept. Mend the transport if it is yours.',
  });
}
