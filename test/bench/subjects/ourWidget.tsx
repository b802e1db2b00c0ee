import { createRoot } from 'react-dom/client';
import { AgentChatWidget, createConversation, createResponsesTransport, type Message } from 'agent-chat-widget';
import 'agent-chat-widget/styles.css';
import { framesOf } from '../../support/answers.js';
import { createFakeStorage } from '../../support/fakeStorage.js';
import type { PastMessage } from '../corpus/history.js';
import type { Subject } from '../page/Subject.js';
import { createFakeServer } from './support/fakeServer.js';
import { QUESTION } from './support/question.js';

const partId = 'text_1';

/** The whole of it: fetch, SSE, conversation, storage that keeps what was said, widget. */
const ourWidget: Subject = (stage, past) => {
  const server = createFakeServer();
  const storage = createFakeStorage();
  const messages = past.map(toMessage);
  storage.kept.set('bench', {
    id: 'bench',
    title: null,
    createdAt: 0,
    updatedAt: 0,
    taskId: null,
    messages,
    run: null,
  });
  const transport = createResponsesTransport({ url: '/api', fetch: server.fetch });
  const conversation = createConversation({ agentKey: 'bench', id: 'bench', transport, storage });
  const root = createRoot(stage);
  root.render(<AgentChatWidget conversation={conversation} mode="inline" />);
  return {
    async begin() {
      conversation.send(QUESTION);
      const { write, close } = await server.answering;
      const emit = (type: string, data: unknown): void => write(framesOf([{ type, data }]));
      emit('response.started', { responseId: 'response', taskId: 'task', model: 'openai/gpt-5' });
      return {
        push: (text) => emit('part.delta', { partId, delta: { kind: 'text', text } }),
        end: () => {
          emit('response.done', { finishReason: 'stop' });
          write('data: [DONE]\n\n');
          close();
        },
      };
    },
    unmount() {
      root.unmount();
      conversation.destroy();
    },
  };
};
export default ourWidget;

function toMessage({ id, role, text }: PastMessage, index: number): Message {
  const createdAt = index * 60_000;
  const parts = [{ kind: 'text', partId: 'text', text, state: 'done' }] as const;
  if (role === 'user') return { role, id, createdAt, parts, delivery: 'sent', error: null };
  return {
    ...{ role, id, createdAt, parts, inReplyTo: `past-${index - 1}`, status: 'completed', finishReason: 'stop' },
    ...{ responseId: null, taskId: null, model: null, traceId: null, usage: null, error: null },
  };
}
