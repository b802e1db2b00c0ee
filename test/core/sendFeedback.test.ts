import { expect, test, vi } from 'vitest';
import { sendFeedback } from '../../src/core/sendFeedback.js';
import { frozenConversation } from '../../stories/support/frozenConversation.js';
import { asked, done, said } from '../../stories/support/script.js';
import { createFakeTransport } from '../support/fakeTransport.js';

const { getState } = frozenConversation(...asked('Hi'), ...said('Hello.'), ...done());

test('goes to the transport with the trace of the answer', async () => {
  const feedback = vi.fn(() => Promise.resolve());
  const transport = createFakeTransport({ feedback });
  await sendFeedback({ agentKey: 'support', transport, getState }, 'answer-to-question', 'bad', 'Too short.');
  expect(feedback).toHaveBeenCalledWith(
    expect.objectContaining({
      agentKey: 'support',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      rating: 'bad',
      comment: 'Too short.',
    }),
  );
});

test.each(['question', 'nothing'])('on what is no answer (%s) is refused here', async (messageId) => {
  const transport = createFakeTransport({ feedback: () => Promise.resolve() });
  await expect(sendFeedback({ agentKey: 'a', transport, getState }, messageId, 'good')).rejects.toMatchObject({
    code: 'invalid_request',
  });
});

test('without a verb for it is refused here', async () => {
  const transport = createFakeTransport();
  const sent = sendFeedback({ agentKey: 'a', transport, getState }, 'answer-to-question', 'good');
  await expect(sent).rejects.toMatchObject({ code: 'invalid_request' });
});
