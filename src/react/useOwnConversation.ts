import { useEffect, useState } from 'react';
import type { Conversation, ConversationOptions } from '../core/conversation.js';
import { createConversation } from '../core/createConversation.js';
import type { AgentTransport } from '../core/transport.js';
import type { ConversationStorage } from '../core/conversationStorage.js';
import { createBrowserMemory } from '../storage/createBrowserMemory.js';
import { createResponsesTransport } from '../transport/createResponsesTransport.js';

/** Where to find the agent: the proxy's address and the agent's public name there, or a conversation of your own. */
export type AgentConversationOptions =
  | ({
      /** Where the proxy is mounted. */
      readonly url: string;
      /** The agent's public name behind the proxy, or its key where there is none. */
      readonly agent: string;
      /** Default: `createResponsesTransport({ url })`. Read once per `url`, `agent` and `id`. */
      readonly transport?: AgentTransport | undefined;
      /**
       * Where conversations are kept: in this browser (`local`, the default), as long as the tab is open (`session`), as long as the page lives (`none`), or a storage of your own.
       * With `local`, all tabs that show a conversation show the same. Read once, like `transport`.
       */
      readonly storage?: 'local' | 'session' | 'none' | ConversationStorage | undefined;
      readonly conversation?: undefined;
    } & Omit<ConversationOptions, 'agentKey' | 'transport' | 'storage'>)
  | { readonly conversation: Conversation };

interface Owned {
  readonly key: string;
  readonly conversation: Conversation;
}

/**
 * The conversation that was given, or one that this component makes, keeps up to date with its props and ends when it unmounts.
 * Another `url`, `agent` or `id` is another conversation; everything else takes effect with the next turn.
 */
export function useOwnConversation(options: AgentConversationOptions): Conversation {
  const given = options.conversation;
  const key = given ? '' : JSON.stringify([options.url, options.agent, options.id]);
  const [owned, setOwned] = useState<Owned | null>(() => own(options, key));
  const current = given || owned?.key === key ? owned : own(options, key);
  if (current !== owned) setOwned(current);
  const conversation = given ?? current?.conversation;
  if (!conversation)
    throw new Error('agent-chat-widget: neither `url` and `agent` nor `conversation` was given. Pass one of the two.');

  useEffect(() => {
    conversation.resume();
    return given ? undefined : () => conversation.destroy();
  }, [conversation, given]);

  useEffect(() => {
    if (options.conversation) return;
    const { identity, thread, memory, variables, metadata, tools, onEvent, beforeSend } = options;
    conversation.update({ identity, thread, memory, variables, metadata, tools, onEvent, beforeSend });
  });

  return conversation;
}

function own(options: AgentConversationOptions, key: string): Owned | null {
  if (options.conversation) return null;
  const { url, agent, transport = createResponsesTransport({ url, clock: options.clock }), storage, ...rest } = options;
  const kept = typeof storage === 'object' ? { storage } : createBrowserMemory({ url, agentKey: agent, mode: storage });
  return { key, conversation: createConversation({ ...kept, ...rest, agentKey: agent, transport }) };
}
