import { createElement, type ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { createConversation } from '../../src/core/createConversation.js';
import { AgentConversationProvider } from '../../src/react/AgentConversationProvider.js';
import { useAgentConversation } from '../../src/react/useAgentConversation.js';
import { useComposer } from '../../src/react/useComposer.js';
import { useConversationSelector } from '../../src/react/useConversationSelector.js';
import { useMessageIds } from '../../src/react/useMessageIds.js';
import { createFakeTransport } from '../support/fakeTransport.js';

it('renders on a server, without a window, as the conversation that has not begun', () => {
  expect(typeof window).toBe('undefined');
  const Inner = (): ReactElement => {
    const ids = useMessageIds();
    const { text, canSend } = useComposer();
    const status = useConversationSelector((state) => state.status);
    return createElement('p', null, JSON.stringify({ ids, text, canSend, status }));
  };
  const Page = (): ReactElement => {
    const { conversation } = useAgentConversation({ url: '/chat', agent: 'support', identity: { id: 'a' } });
    return createElement(AgentConversationProvider, { conversation }, createElement(Inner));
  };
  const html = renderToString(createElement(Page)).replaceAll('&quot;', '"');
  expect(html).toBe('<p>{"ids":[],"text":"","canSend":false,"status":"idle"}</p>');
});

it('renders what a browser can hydrate, also where the conversation has already begun', () => {
  const conversation = createConversation({ agentKey: 'support', transport: createFakeTransport() });
  conversation.send('Hello');
  const Page = (): ReactElement => createElement('p', null, useAgentConversation({ conversation }).status);
  expect(renderToString(createElement(Page))).toBe('<p>idle</p>');
  conversation.destroy();
});
