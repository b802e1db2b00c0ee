import { createChat } from '@n8n/chat';
import '@n8n/chat/style.css';
import type { PastMessage } from '../corpus/history.js';
import type { Subject } from '../page/Subject.js';
import { createFakeServer } from './support/fakeServer.js';
import { QUESTION } from './support/question.js';

/** The widget, filling the stage, with a webhook that streams and remembers the session. */
const n8nChat: Subject = (stage, past) => {
  const server = createFakeServer(
    () =>
      new Response(JSON.stringify({ data: past.map(toSession) }), { headers: { 'content-type': 'application/json' } }),
    (body) => body.includes('"sendMessage"'),
  );
  // It offers no place to give it another one.
  globalThis.fetch = server.fetch;
  const target = stage.appendChild(document.createElement('div'));
  target.style.blockSize = '100%';
  const app = createChat({
    target,
    webhookUrl: `${location.origin}/webhook`,
    mode: 'fullscreen',
    enableStreaming: true,
    initialMessages: [],
  });
  return {
    async begin() {
      const box = target.querySelector('textarea')!;
      box.value = QUESTION;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      const { write, close } = await server.answering;
      const metadata = { nodeId: 'agent', nodeName: 'Agent', timestamp: 0 };
      const emit = (type: string, content?: string): void => write(`${JSON.stringify({ type, content, metadata })}\n`);
      emit('begin');
      return {
        push: (delta) => emit('item', delta),
        end: () => {
          emit('end');
          close();
        },
      };
    },
    unmount: () => app.unmount(),
  };
};
export default n8nChat;

function toSession({ role, text }: PastMessage): object {
  return {
    id: ['langchain_core', 'messages', role === 'user' ? 'HumanMessage' : 'AIMessage'],
    kwargs: { content: text },
  };
}
