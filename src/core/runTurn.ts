import { isTerminal, type AgentEvent } from './agentEvent.js';
import type { LocalEvent } from './conversationEvent.js';
import { AgentChatError, toAgentChatError } from './errors.js';
import type { AgentTransport, SendRequest } from './transport.js';

export type TurnOutcome =
  | { readonly kind: 'ended' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly error: AgentChatError };

/**
 * One exchange: sends once, passes on what comes back, and when the stream drops follows the task instead of sending again.
 * Never throws. `ended` means that a terminal event was passed on.
 */
export async function runTurn(
  transport: AgentTransport,
  request: SendRequest,
  dispatch: (event: AgentEvent | LocalEvent) => void,
): Promise<TurnOutcome> {
  const { agentKey, signal } = request;
  let taskId: string | null = null;
  const pass = async (events: AsyncIterable<AgentEvent>): Promise<void> => {
    for await (const event of events) {
      if (signal.aborted) return;
      taskId = taskIdOf(event) ?? taskId;
      dispatch(event);
      if (isTerminal(event)) return;
    }
    if (!signal.aborted) throw endedEarly();
  };
  try {
    try {
      await pass(transport.send(request));
    } catch (thrown) {
      if (signal.aborted || taskId === null || toAgentChatError(thrown).code !== 'stream_dropped') throw thrown;
      dispatch({ type: 'run.connected', connection: 'reconnecting' });
      await pass(transport.follow({ agentKey, taskId, signal }));
    }
    return { kind: signal.aborted ? 'aborted' : 'ended' };
  } catch (thrown) {
    return signal.aborted ? { kind: 'aborted' } : { kind: 'failed', error: toAgentChatError(thrown) };
  }
}

function taskIdOf(event: AgentEvent): string | null {
  if (event.type === 'response.started') return event.taskId;
  return event.type === 'response.synced' ? event.response.taskId : null;
}

// A transport that just stops would otherwise leave an answer that is being written for ever.
function endedEarly(): AgentChatError {
  return new AgentChatError({
    code: 'stream_dropped',
    message:
      'The transport ended without saying how the response ended. What had arrived is kept. A transport must yield a terminal event or throw: mend it if it is yours.',
  });
}
