import { useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { useChat, type UIMessage } from '@ai-sdk/react';
import { DefaultChatTransport } from 'ai';
import { Streamdown } from 'streamdown';
import { followTail } from '../page/followTail.js';
import type { Subject } from '../page/Subject.js';
import { createFakeServer } from './support/fakeServer.js';
import { QUESTION } from './support/question.js';

/** The page of the AI SDK's manual, its text drawn by streamdown as streamdown's manual says. */
const useChatStreamdown: Subject = (stage, past) => {
  const server = createFakeServer();
  const transport = new DefaultChatTransport({ api: '/api', fetch: server.fetch });
  const initial = past.map(({ id, role, text }): UIMessage => ({
    id,
    role: role === 'agent' ? 'assistant' : role,
    parts: [{ type: 'text', text }],
  }));
  let send: (text: string) => void;

  function App(): ReactNode {
    const { messages, sendMessage, status } = useChat({ messages: initial, transport });
    const [input, setInput] = useState('');
    send = (text) => void sendMessage({ text });
    return (
      <>
        {messages.map((message) => (
          <div key={message.id}>
            {message.parts.map((part, index) =>
              part.type === 'text' ? (
                <Streamdown key={index} isAnimating={status === 'streaming'}>
                  {part.text}
                </Streamdown>
              ) : null,
            )}
          </div>
        ))}
        <form>
          <input value={input} onChange={(event) => setInput(event.target.value)} />
        </form>
      </>
    );
  }

  const root = createRoot(followTail(stage));
  root.render(<App />);
  return {
    async begin() {
      send(QUESTION);
      const { write, close } = await server.answering;
      const emit = (event: object): void => write(`data: ${JSON.stringify(event)}\n\n`);
      emit({ type: 'start', messageId: 'answer' });
      emit({ type: 'text-start', id: 'text' });
      return {
        push: (delta) => emit({ type: 'text-delta', id: 'text', delta }),
        end: () => {
          emit({ type: 'text-end', id: 'text' });
          emit({ type: 'finish' });
          write('data: [DONE]\n\n');
          close();
        },
      };
    },
    unmount: () => root.unmount(),
  };
};
export default useChatStreamdown;
