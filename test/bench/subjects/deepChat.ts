import 'deep-chat';
import type { DeepChat } from 'deep-chat';
import type { Subject } from '../page/Subject.js';
import { QUESTION } from './support/question.js';

/** The element, answered by a handler that streams. */
const deepChat: Subject = (stage, past) => {
  const element = document.createElement('deep-chat') as DeepChat;
  element.style.cssText = 'inline-size: 400px; block-size: 600px';
  element.history = past.map(({ role, text }) => ({ role: role === 'agent' ? 'ai' : role, text }));
  let answer: (signals: Parameters<NonNullable<NonNullable<DeepChat['connect']>['handler']>>[1]) => void;
  element.connect = { stream: true, handler: (_, signals) => answer(signals) };
  stage.append(element);
  return {
    async begin() {
      const signals = await new Promise<Parameters<typeof answer>[0]>((resolve) => {
        answer = resolve;
        element.submitUserMessage({ text: QUESTION });
      });
      signals.onOpen();
      return { push: (text) => void signals.onResponse({ text }), end: () => signals.onClose() };
    },
    unmount: () => element.remove(),
  };
};
export default deepChat;
