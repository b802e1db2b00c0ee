import { countRenders } from '../support/countRenders.js';
import { StrictMode, act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, test } from 'vitest';
import { ChatRoot } from '../../src/components/ChatRoot.js';
import { ChatView } from '../../src/components/ChatView.js';
import { loadLikelyParts } from '../../src/components/lazyParts.js';
import { AgentConversationProvider } from '../../src/react/AgentConversationProvider.js';
import { frozenConversation, type FrozenConversation } from '../../stories/support/frozenConversation.js';
import { asked, exchange, introduced, says, typed } from '../../stories/support/script.js';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

await loadLikelyParts();

let root: Root;
afterEach(() => act(async () => root.unmount()));

async function render(conversation: FrozenConversation): Promise<void> {
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () =>
    root.render(
      <StrictMode>
        <AgentConversationProvider conversation={conversation}>
          <ChatRoot defaultOpen>
            <ChatView />
          </ChatRoot>
        </AgentConversationProvider>
      </StrictMode>,
    ),
  );
}

test('a delta renders the part it belongs to, and neither rows nor list nor composer', async () => {
  const conversation = frozenConversation(
    introduced,
    ...Array.from({ length: 20 }, (_, index) => exchange(`Question ${index}`, 'Answer.', `q${index}`)).flat(),
    ...asked('Last', 'last'),
    { type: 'part.delta', partId: 'r', delta: { kind: 'reasoning', reasoning: 'Hm' } },
    ...says('Once upon'),
  );
  await render(conversation);
  const renders = await countRenders(async () => {
    for (let token = 0; token < 5; token += 1) await act(async () => conversation.play(...says(' word')));
  });
  expect(renders.get('PartView')).toBe(5);
  expect(renders.get('TextPartView')).toBe(5);
  const others = [
    'MessageRow',
    'Transcript',
    'MessageList',
    'Composer',
    'Header',
    'Panel',
    'ReasoningPartView',
    'ChatRoot',
    'Launcher',
  ];
  expect(others.filter((name) => renders.has(name))).toEqual([]);
});

test('typing renders the composer and no message', async () => {
  const conversation = frozenConversation(introduced, ...asked('Hi'), ...says('Once upon'));
  await render(conversation);
  const renders = await countRenders(async () => {
    const box = document.querySelector('textarea')!;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(box, 'Hello');
    await act(async () => box.dispatchEvent(new Event('input', { bubbles: true })));
  });
  expect(renders.get('Composer')).toBeGreaterThan(0);
  expect(['MessageRow', 'PartView', 'Transcript'].filter((name) => renders.has(name))).toEqual([]);
});

test('the counter counts: a new message renders the list and its row', async () => {
  const conversation = frozenConversation(introduced);
  await render(conversation);
  const renders = await countRenders(() => act(async () => conversation.play(typed('q', 'Hi'))));
  expect(renders.get('MessageList')).toBeGreaterThan(0);
  expect(renders.get('MessageRow')).toBeGreaterThan(0);
});
