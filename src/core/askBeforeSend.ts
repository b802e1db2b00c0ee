import type { ConversationOptions, OutgoingMessage } from './conversation.js';
import { AgentChatError, toAgentChatError } from './errors.js';
import { isEmptyInput } from './inputParts.js';
import type { InputPart } from './transport.js';

/**
 * What the host lets through of a message. Loaded only where there is somebody to ask.
 *
 * @throws AgentChatError where that is nothing, or the handler broke.
 */
export async function askBeforeSend(
  beforeSend: NonNullable<ConversationOptions['beforeSend']>,
  message: OutgoingMessage,
): Promise<readonly InputPart[]> {
  const allowed = (await ask(beforeSend, message))?.parts ?? [];
  if (isEmptyInput(allowed)) throw withheld();
  return allowed;
}

async function ask(
  beforeSend: NonNullable<ConversationOptions['beforeSend']>,
  message: OutgoingMessage,
): Promise<OutgoingMessage | null> {
  try {
    return await beforeSend(message);
  } catch (thrown) {
    throw broken(thrown);
  }
}

function withheld(): AgentChatError {
  return new AgentChatError({
    code: 'invalid_request',
    source: 'config',
    message:
      'beforeSend returned null or nothing to send. The message was not sent. Return a message to let it through.',
  });
}

function broken(cause: unknown): AgentChatError {
  return new AgentChatError({
    code: 'config',
    message: `beforeSend threw, so the message was not sent: ${toAgentChatError(cause).message} Mend the handler; it may return null to keep a message from being sent.`,
    cause,
  });
}
