import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import type { ChatRootProps } from '../src/components/ChatRoot.js';
import { Composer } from '../src/components/composer/Composer.js';
import { ConnectionLine } from '../src/components/notices/ConnectionLine.js';
import { ConnectionNotice } from '../src/components/notices/ConnectionNotice.js';
import { EmptyState } from '../src/components/transcript/EmptyState.js';
import { Header } from '../src/components/shell/Header.js';
import { Notice } from '../src/components/notices/Notice.js';
import { Suggestions } from '../src/components/composer/Suggestions.js';
import { ActionButton } from '../src/components/controls/ActionButton.js';
import type { Attachment } from '../src/react/attachment.js';
import { draftOf } from '../src/react/createDraft.js';
import { useComposer } from '../src/react/useComposer.js';
import { PICTURE } from './support/picture.js';
import { frozenConversation, type FrozenConversation, type StoryEvent } from './support/frozenConversation.js';
import { Stage } from './support/Stage.js';
import { asked, introduced, sending, says, typed } from './support/script.js';

interface ControlStoryProps extends ChatRootProps {
  readonly conversation: FrozenConversation;
  readonly show: () => ReactNode;
}

/** The widget's fixed pieces, one by one. */
const meta = {
  title: 'Controls',
  render: ({ conversation, show: Show, ...stage }) => (
    <Stage conversation={conversation} {...stage}>
      <Show />
    </Stage>
  ),
} satisfies Meta<ControlStoryProps>;
export default meta;
type Story = StoryObj<ControlStoryProps>;

function story(show: () => ReactNode, ...events: readonly StoryEvent[]): Story {
  return { args: { conversation: frozenConversation(introduced, ...events), show } };
}

const busy = [...asked('Which plants are safe for cats?'), ...says('Good choices are')];

/** Nothing typed, so there is nothing to send. */
export const ComposerEmpty = story(Composer);

/** Something to send. */
export const ComposerWithDraft = story(withDraft('Where is my order?'));

/** It grows with its text, up to eight lines. */
export const ComposerWithLongDraft = story(withDraft('One line.\nAnd another one.\n'.repeat(8)));

/** While an answer is on its way, it can be stopped. */
export const ComposerBusy = story(Composer, ...busy);

/** The next message can be typed and sent meanwhile; it waits for its turn. */
export const ComposerBusyWithDraft = story(withDraft('And for dogs?'), ...busy);

/** Files that go with the message: a picture, a document, and one that is still being read. */
export const ComposerWithFiles: Story = {
  args: {
    conversation: writing([
      { file: PICTURE, progress: 1, content: { bytes: '' } },
      { file: new File(['%PDF-1.4'], 'invoice-2026-01.pdf', { type: 'application/pdf' }), content: { bytes: '' } },
      { file: new File(['x'.repeat(2_400_000)], 'measurements.csv', { type: 'text/csv' }), progress: 0.6 },
    ]),
    show: withDraft('Which of these was paid?'),
  },
};

/** Files that were not taken, each with its reason. */
export const ComposerWithRefusedFiles: Story = {
  args: {
    conversation: writing([
      { file: PICTURE, progress: 1, content: { bytes: '' } },
      { file: new File(['x'], 'holiday.mp4', { type: 'video/mp4' }), refusal: 'type' },
      { file: new File(['x'], 'scan.pdf', { type: 'application/pdf' }), refusal: 'size' },
    ]),
    show: Composer,
  },
};

/** Nothing may be attached here. */
export const ComposerWithoutFiles: Story = {
  args: { conversation: frozenConversation(introduced), show: Composer, attachments: false },
};

/** What is said can be written, where the browser knows how. */
export const ComposerWithDictation: Story = {
  args: { conversation: frozenConversation(introduced), show: Composer, dictation: true },
};

/** Nothing happens. */
export const HeaderReady = story(Header);

/** An answer is being written. */
export const HeaderAnswering = story(Header, ...busy);

/** A tool of this page, or a person, has to answer first. */
export const HeaderWaiting = story(Header, ...asked('What is in my cart?'), {
  type: 'response.done',
  finishReason: 'tool_calls',
  pendingToolCalls: [{ toolCallId: 'call_1', toolName: 'getCart', arguments: {} }],
  usage: null,
  traceId: null,
});

/** The connection comes back by itself. */
export const HeaderReconnecting = story(Header, ...busy, { type: 'run.connected', connection: 'reconnecting' });

/** A long name wraps. */
export const HeaderWithLongName = story(Header, {
  type: 'agent.loaded',
  agent: {
    key: 'k',
    displayName: 'The Royal Botanical Society’s Members’ Helpdesk',
    description: null,
    suggestions: [],
  },
});

/** The network was there a moment ago. */
export const NoticeReconnecting = story(ConnectionNotice, typed('question', 'Hi'), ...sending('question'), {
  type: 'run.connected',
  connection: 'reconnecting',
});

/** The device has no network. */
export const NoticeOffline = story(ConnectionNotice, typed('question', 'Hi'), ...sending('question'), {
  type: 'run.connected',
  connection: 'offline',
});

/** The answer is on its way, and nothing new has come for a while. */
export const NoticeStillWorking = story(() => <ConnectionLine state="stillWorking" />, ...busy);

/** Something failed, and there is something to do about it. */
export const NoticeWithAction = story(() => (
  <Notice tone="error" actions={<ActionButton part="retry" label="Retry" onClick={() => undefined} />}>
    Something went wrong on our side. Please try again.
  </Notice>
));

/** Before anything has been said. */
export const Empty = story(EmptyState);

/** What one could ask first. */
export const SuggestionsOfAgent = story(Suggestions);

function writing(files: readonly (Partial<Attachment> & Pick<Attachment, 'file'>)[]): FrozenConversation {
  const conversation = frozenConversation(introduced);
  const attachments = files.map((file, position) => ({
    ...{ id: String(position), progress: 1, content: null, refusal: null },
    ...file,
  }));
  draftOf(conversation).attachments.setState(attachments);
  return conversation;
}

function withDraft(text: string): () => ReactNode {
  return function Draft() {
    const { text: current, setText } = useComposer();
    if (current === '') queueMicrotask(() => setText(text));
    return <Composer />;
  };
}
