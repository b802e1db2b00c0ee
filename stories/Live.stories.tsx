import type { Meta, StoryObj } from '@storybook/react-vite';
import { useEffect, useState, type ReactNode } from 'react';
import { expect, screen, userEvent, waitFor } from 'storybook/test';
import { AgentChatWidget } from '../src/components/AgentChatWidget.js';
import { createEmulator } from '../src/emulator/index.js';
import { createAgentProxy } from '../src/proxy/index.js';
import { createResponsesTransport, type ResponsesTransportOptions } from '../src/transport/createResponsesTransport.js';

interface LiveArgs {
  /** The emulator's agent. */
  readonly agent: string;
  readonly mode: ResponsesTransportOptions['mode'];
  readonly firstMessage: string;
}

/** The widget on its real wire: behind it our proxy and the emulator, all of it in this page. Say something. */
const meta = {
  title: 'Live',
  args: { agent: 'guide', mode: 'stream', firstMessage: 'How do I start?' },
  argTypes: { mode: { control: 'inline-radio', options: ['stream', 'background', 'sync'] } },
  parameters: { isBesidePage: true, docs: { story: { inline: false, height: '760px' } } },
  render: (args) => <Live key={JSON.stringify(args)} {...args} />,
} satisfies Meta<LiveArgs>;
export default meta;
type Story = StoryObj<LiveArgs>;

function Live({ agent, mode, firstMessage }: LiveArgs): ReactNode {
  const [{ transport, close }] = useState(() => startBackend(mode));
  useEffect(() => close, [close]);
  return (
    <AgentChatWidget
      url={URL_OF_PROXY}
      agent={agent}
      transport={transport}
      storage="none"
      mode="fullscreen"
      suggestions={[firstMessage]}
    />
  );
}

const PATIENCE = { timeout: 12_000 };
const BASE_PATH = '/api/agent-chat';
const URL_OF_PROXY = `https://site.example${BASE_PATH}`;

function startBackend(mode: LiveArgs['mode']) {
  const emulator = createEmulator({ latency: 'realistic', apiKey: 'story-key' });
  const proxy = createAgentProxy({
    apiKey: emulator.apiKey,
    upstream: 'https://api.example',
    agents: Object.fromEntries(emulator.agents().map(({ key }) => [key, key])),
    origins: [],
    basePath: BASE_PATH,
    reviews: '/__emulator/tasks/{task_id}/reviews/{tool_call_id}',
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
    logger: () => undefined,
  });
  const transport = createResponsesTransport({
    url: URL_OF_PROXY,
    mode,
    fetch: (url, init) => proxy.fetch(new Request(url, init)),
  });
  return { transport, close: () => emulator.close() };
}

/** Answers from the README of this library, and says when it has no answer. */
export const Guide: Story = {
  play: async ({ args, step }) => {
    await step('a suggestion is a question', async () => {
      await userEvent.click(await screen.findByRole('button', { name: args.firstMessage }));
      await expect(screen.getByRole('article', { name: 'You' })).toHaveTextContent(args.firstMessage);
    });
    await step('the answer comes, word by word, and cites the README', async () => {
      await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent(/npm run demo/), PATIENCE);
      await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull(), PATIENCE);
    });
  },
};

/** Everything that markdown can be, with reasoning and a tool of the server's. */
export const Markdown: Story = { args: { agent: 'markdown', firstMessage: 'Show me everything' } };

/** A tool call that waits for your leave. */
export const Review: Story = {
  args: { agent: 'review', firstMessage: 'Refund order 20417' },
  play: async ({ args, step }) => {
    await userEvent.click(await screen.findByRole('button', { name: args.firstMessage }));
    const approve = await screen.findByRole('button', { name: 'Approve' }, PATIENCE);
    await step('a button that has just appeared takes no click', () => expect(approve).toBeDisabled());
    await step('approved, the tool runs and the answer goes on', async () => {
      await waitFor(() => expect(approve).toBeEnabled(), PATIENCE);
      await userEvent.click(approve);
      await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull(), PATIENCE);
      await expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    });
  },
};

/** A tool call that the page would have to answer. */
export const ClientTool: Story = { args: { agent: 'client-tool', firstMessage: 'What time is it here?' } };

/** The provider fails in the middle of the answer. */
export const FailsMidway: Story = { args: { agent: 'fails-midway', firstMessage: 'Please fail' } };

/** The first word takes three seconds. */
export const Slow: Story = { args: { agent: 'slow', firstMessage: 'Take your time' } };

/** The connection breaks in the middle of the answer; the rest is fetched, and nothing is sent twice. */
export const Drops: Story = { args: { agent: 'drops', firstMessage: 'Please drop' } };

/** The same answer without a stream: started, then asked for until it is done. */
export const Background: Story = {
  args: { agent: 'markdown', mode: 'background', firstMessage: 'Show me everything' },
};
