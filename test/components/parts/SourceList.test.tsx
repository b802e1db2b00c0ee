import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { frozenConversation, type StoryEvent } from '../../../stories/support/frozenConversation.js';
import { asked, done, said } from '../../../stories/support/script.js';
import type { ChatRootProps } from '../../../src/components/ChatRoot.js';
import { readSources, type Source } from '../../../src/components/parts/readSources.js';
import { selectLastAgentMessage } from '../../../src/core/conversationState.js';
import { renderWidget, type RenderedWidget } from '../support/renderWidget.js';

const searched = (toolName: string, result: unknown, args: Record<string, unknown> = {}): readonly StoryEvent[] => [
  { type: 'tool.started', toolCallId: toolName, toolName, arguments: args },
  { type: 'tool.done', toolCallId: toolName, result },
];
const CARE = { title: 'Care guide', url: 'https://plants.example.com/care' };
const WEB = searched('openai:web_search', { results: [CARE, { link: 'https://www.example.org/water', snippet: 'x' }] });

function sourcesOf(...events: readonly StoryEvent[]): readonly Source[] {
  return readSources(selectLastAgentMessage(frozenConversation(...asked('Hi'), ...events).getState())!);
}
function renderAnswer(props: ChatRootProps, ...events: readonly StoryEvent[]): RenderedWidget {
  return renderWidget(frozenConversation(...asked('Hi'), ...events), props);
}

test('what the searches found stands below the finished answer, and opens after a question', async () => {
  const { user } = renderAnswer({}, ...WEB, ...said('Once a week.'), ...done());
  await user.click(screen.getByRole('button', { name: '2 sources' }));
  const [first, second] = within(document.querySelector<HTMLElement>('[data-ac="sources"]')!).getAllByRole('link');
  expect(first).toHaveTextContent('Care guide');
  expect(first).not.toHaveAttribute('href');
  expect(second).toHaveTextContent('www.example.org');
  await user.click(first!);
  expect(await screen.findByRole('dialog', { name: 'Open this link?' })).toHaveTextContent(CARE.url);
});

test('a link that the host vouches for opens at once', async () => {
  const links = { allow: ['https://plants.example.com'] };
  const { user } = renderAnswer({ links }, ...WEB, ...said('Once a week.'), ...done());
  await user.click(screen.getByRole('button', { name: '2 sources' }));
  const link = screen.getByRole('link', { name: 'Care guide plants.example.com' });
  expect(link).toHaveAttribute('href', CARE.url);
  expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow ugc');
});

test('not before the answer is finished, and not where nothing was found', () => {
  const conversation = frozenConversation(...asked('Hi'), ...WEB, ...said('Once'));
  const { unmount } = renderWidget(conversation);
  expect(screen.queryByRole('button', { name: /source/ })).not.toBeInTheDocument();
  unmount();
  renderAnswer({}, ...searched('get_order', CARE), ...said('Once'), ...done());
  expect(screen.queryByRole('button', { name: /source/ })).not.toBeInTheDocument();
});

test('the host may say what an answer is based on', async () => {
  const sources = (): readonly Source[] => [
    { title: 'Handbook, page 3' },
    { url: 'javascript:alert(1)', title: 'Trap' },
  ];
  const { user } = renderAnswer({ sources }, ...said('Once'), ...done());
  await user.click(screen.getByRole('button', { name: '2 sources' }));
  expect(screen.getByText('Handbook, page 3')).toBeVisible();
  expect(screen.getByText('Trap')).toBeVisible();
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});

test('results come in many shapes', () => {
  expect(sourcesOf(...searched('google_search', JSON.stringify([CARE, CARE])))).toEqual([CARE]);
  expect(sourcesOf(...searched('web_scraper', 'text', { url: CARE.url }))).toEqual([{ url: CARE.url }]);
  expect(
    sourcesOf(...searched('query_knowledge_base', { chunks: [{ text: 'x', metadata: { file_name: 'care.pdf' } }] })),
  ).toEqual([{ title: 'care.pdf' }]);
  expect(sourcesOf(...searched('web_search', { title: 'Results', items: [{ url: 'javascript:alert(1)' }] }))).toEqual(
    [],
  );
});

test('a result of any depth and size is read in bounded time', () => {
  let deep: unknown = CARE;
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  const wide = Array.from({ length: 100_000 }, (_, index) => ({ url: `https://example.com/${index}` }));
  expect(sourcesOf(...searched('web_search', deep))).toEqual([]);
  expect(sourcesOf(...searched('web_search', wide))).toHaveLength(50);
});
