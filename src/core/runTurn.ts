import type { AgentEvent } from './agentEvent.js';
import type { LocalEvent } from './conversationEvent.js';
import { toAgentChatError, type AgentChatError } from './errors.js';
import type { AgentTransport, SendRequest } from './transport.js';

export type TurnOutcome =
  | { readonly kind: 'ended' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly error: AgentChatError };

/**
 * One exchange: sends once, passes on what comes back, and when the stream drops follows the task instead of sending again.
 * Never throws.
 */
export async function runTurn(
  transport: AgentTransport,
  request: SendRequest,
  dispatch: (event: AgentEvent | LocalEvent) => void,
): Promise<TurnOutcome> {
  let taskId: string | null = null;
  const pass = async (events: AsyncIterable<AgentEvent>): Promise<void> => {
    for await (const event of events) {
      if (request.signal.aborted) return;
      taskId = taskIdOf(event) ?? taskId;
      dispatch(event);
    }
  };
  try {
    try {
      await pass(transport.send(request));
    } catch (thrown) {
      const error = toAgentChatError(thrown);
      if (request.signal.aborted || error.code !== 'stream_dropped' || taskId === null) throw thrown;
      dispatch({ type: 'run.connected', connection: 'reconnecting' });
      await pass(transport.follow({ agentKey: request.agentKey, taskId, signal: request.signal }));
    }
    return { kind: request.signal.aborted ? 'aborted' : 'ended' };
  } catch (thrown) {
    return request.signal.aborted ? { kind: 'aborted' } : { kind: 'failed', error: toAgentChatError(thrown) };
  }
}

function taskIdOf(event: AgentEvent): string | null {
  if (event.type === 'response.started') return event.taskId;
  return event.type === 'response.synced' ? event.response.taskId : null;
}
