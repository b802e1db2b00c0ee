import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LazyMessageEditor } from '../../../src/components/lazyParts.js';
import { frozenConversation, type StoryEvent } from '../../../stories/support/frozenConversation.js';
import { ALL_CAPABILITIES, asked, done, exchange, introduced, said, typed } from '../../../stories/support/script.js';
import { renderWidget } from '../support/renderWidget.js';

await LazyMessageEditor.load();

const offered: StoryEvent = { type: 'capabilities.changed', capabilities: ALL_CAPABILITIES, epoch: null };
const talk = () => frozenConversation(introduced, offered, ...exchange('Is it sunny?', 'Yes.'));

test('an answer can be called good, and the click is enough', async () => {
  const conversation = talk();
  const { user } = renderWidget(conversation);
  await user.click(screen.getByRole('button', { name: 'Good answer' }));
  expect(conversation.commands).toEqual([['sendFeedback', 'answer-to-question', 'good', undefined]]);
  expect(screen.getByRole('button', { name: 'Good answer' })).toHaveAttribute('aria-pressed', 'true');
  expect(screen.getByRole('button', { name: 'Bad answer' })).toHaveAttribute('aria-pressed', 'false');
});

test('who has more to say can', async () => {
  const conversation = talk();
  const { user } = renderWidget(conversation);
  await user.click(screen.getByRole('button', { name: 'Bad answer' }));
  await user.type(screen.getByRole('textbox', { name: 'What should we know? (optional)' }), 'It rains.{Enter}');
  expect(conversation.commands.at(-1)).toEqual(['sendFeedback', 'answer-to-question', 'bad', 'It rains.']);
  expect(await screen.findByText('Thank you for the feedback.')).toBeVisible();
});

test('feedback that was not taken is taken back, and said', async () => {
  const conversation = { ...talk(), sendFeedback: () => Promise.reject(new Error('offline')) };
  const { user } = renderWidget(conversation);
  await user.click(screen.getByRole('button', { name: 'Bad answer' }));
  expect(await screen.findByText('Your feedback was not sent.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Bad answer' })).toHaveAttribute('aria-pressed', 'false');
});

test('where the backend takes no feedback nobody is asked for it', () => {
  renderWidget(frozenConversation(introduced, ...exchange('Is it sunny?', 'Yes.')));
  expect(screen.queryByRole('button', { name: /answer$/ })).not.toBeInTheDocument();
});

test('what waits for its turn, or was not sent, can be taken back', async () => {
  const conversation = frozenConversation(introduced, ...asked('Sunny?'), typed('next', 'And tomorrow?'));
  const { user } = renderWidget(conversation);
  const [asking, waiting] = screen.getAllByRole('article', { name: 'You' });
  expect(within(asking!).queryByRole('button', { name: 'Remove' })).not.toBeInTheDocument();
  await user.click(within(waiting!).getByRole('button', { name: 'Remove' }));
  expect(conversation.commands).toEqual([['withdraw', 'next']]);
});

test("a message of the visitor's is edited in its place and sent again with its files", async () => {
  const file = { bytes: btoa('x'), mimeType: 'image/png', name: 'sky.png' };
  const conversation = frozenConversation(
    introduced,
    ...asked([
      { kind: 'text', text: 'Sunny?' },
      { kind: 'file', file },
    ]),
    ...said('Yes.'),
    ...done(),
  );
  const { user } = renderWidget(conversation);
  await user.click(screen.getByRole('button', { name: 'Edit' }));
  const field = screen.getByRole('textbox', { name: 'Edit message' });
  expect(field).toHaveFocus();
  expect(screen.getByText('The agent still remembers the first version.')).toBeVisible();
  await user.type(field, ' Today?{Enter}');
  expect(conversation.commands).toEqual([
    [
      'editAndResend',
      'question',
      {
        parts: [
          { kind: 'file', file },
          { kind: 'text', text: 'Sunny? Today?' },
        ],
      },
    ],
  ]);
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveFocus();
});

test('Escape leaves the message as it was, and the panel open', async () => {
  const { user } = renderWidget(talk());
  await user.click(screen.getByRole('button', { name: 'Edit' }));
  await user.keyboard(' now{Escape}');
  expect(screen.getByText('Is it sunny?')).toBeVisible();
  expect(screen.queryByRole('textbox', { name: 'Edit message' })).not.toBeInTheDocument();
});

test('what was said again in other words says so', () => {
  renderWidget(
    frozenConversation(...exchange('Is it sunny?', 'Yes.'), typed('again', 'Is it warm?'), {
      type: 'message.edited',
      messageId: 'question',
      editedAs: 'again',
    }),
  );
  const [first] = screen.getAllByRole('article', { name: 'You' });
  expect(within(first!).getByText('Edited')).toBeVisible();
  expect(within(first!).queryByRole('button', { name: 'Edit' })).not.toBeInTheDocument();
});

test('messages say when they were written, and a day that begins is named once', () => {
  renderWidget(
    frozenConversation(
      ...exchange('One', 'A.', 'q1'),
      { ...typed('q2', 'Two'), after: 90_000_000 },
      {
        ...typed('q3', 'Three'),
      },
    ),
  );
  const days = document.querySelectorAll('[data-ac="day"]');
  expect([...days].map((day) => day.textContent)).toHaveLength(2);
  const [first] = screen.getAllByRole('article', { name: 'You' });
  expect(within(first!).getByText(/January 1\d, 2026 at \d/)).toBeInTheDocument();
});

test('an answer that was cut off can be continued, as long as it is the last', async () => {
  const conversation = frozenConversation(introduced, ...asked('Everything?'), ...said('So far'), ...done('length'));
  const { user } = renderWidget(conversation);
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  expect(conversation.commands).toEqual([['send', 'Please continue.']]);
  conversation.play(typed('next', 'Please continue.'));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Continue' })).not.toBeInTheDocument());
});
