import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import {
  AssistantRuntimeProvider,
  ComposerPrimitive,
  MessagePrimitive,
  ThreadPrimitive,
  useLocalRuntime,
  type AssistantRuntime,
  type ChatModelAdapter,
} from '@assistant-ui/react';
import { MarkdownTextPrimitive } from '@assistant-ui/react-markdown';
import remarkGfm from 'remark-gfm';
import type { Subject } from '../page/Subject.js';
import { QUESTION } from './support/question.js';

const plugins = [remarkGfm];

/** A thread of its primitives around a local runtime, text drawn by its own markdown component. */
const assistantUi: Subject = (stage, past) => {
  const { readable, writable } = new TransformStream<string, string>(undefined, { highWaterMark: Infinity });
  const writer = writable.getWriter();
  const adapter: ChatModelAdapter = {
    async *run() {
      let text = '';
      const reader = readable.getReader();
      begun();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        text += next.value;
        yield { content: [{ type: 'text', text }] };
      }
    },
  };
  const initialMessages = past.map(({ id, role, text }) => ({
    id,
    role: role === 'agent' ? ('assistant' as const) : role,
    content: text,
  }));
  let begun: () => void;
  let runtime: AssistantRuntime;

  function App(): ReactNode {
    runtime = useLocalRuntime(adapter, { initialMessages });
    return (
      <AssistantRuntimeProvider runtime={runtime}>
        <ThreadPrimitive.Root>
          <ThreadPrimitive.Viewport className="scroller">
            <ThreadPrimitive.Messages components={{ UserMessage: Row, AssistantMessage: Row }} />
          </ThreadPrimitive.Viewport>
          <ComposerPrimitive.Root>
            <ComposerPrimitive.Input />
            <ComposerPrimitive.Send>Send</ComposerPrimitive.Send>
          </ComposerPrimitive.Root>
        </ThreadPrimitive.Root>
      </AssistantRuntimeProvider>
    );
  }

  const root = createRoot(stage);
  root.render(<App />);
  return {
    async begin() {
      await new Promise<void>((resolve) => {
        begun = resolve;
        runtime.thread.append(QUESTION);
      });
      return { push: (delta) => void writer.write(delta), end: () => void writer.close() };
    },
    unmount: () => root.unmount(),
  };
};
export default assistantUi;

function Row(): ReactNode {
  return (
    <MessagePrimitive.Root>
      <MessagePrimitive.Parts components={{ Text }} />
    </MessagePrimitive.Root>
  );
}

function Text(): ReactNode {
  return <MarkdownTextPrimitive remarkPlugins={plugins} />;
}
