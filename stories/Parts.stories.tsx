import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { MessageRow } from '../src/components/message/MessageRow.js';
import { frozenConversation, type FrozenConversation, type StoryEvent } from './support/frozenConversation.js';
import type { ReactNode } from 'react';
import type { PartProps } from '../src/components/slots.js';
import type { DataPart, FileContent } from '../src/core/message.js';
import { PICTURE_BYTES } from './support/picture.js';
import { SILENCE_BYTES } from './support/silence.js';
import { Stage, type StageProps } from './support/Stage.js';
import { asked, done, introduced, said } from './support/script.js';

interface PartStoryProps extends Omit<StageProps, 'conversation'> {
  readonly conversation: FrozenConversation;
}

/** Pieces of a message other than its text. */
const meta = {
  title: 'Parts',
  render: ({ conversation, ...stage }) => (
    <Stage conversation={conversation} {...stage}>
      {conversation.getState().messageIds.map((id) => (
        <MessageRow key={id} messageId={id} />
      ))}
    </Stage>
  ),
} satisfies Meta<PartStoryProps>;
export default meta;
type Story = StoryObj<PartStoryProps>;

function story(...events: readonly StoryEvent[]): Story {
  return { args: { conversation: frozenConversation(introduced, ...events) } };
}

function opened(base: Story): Story {
  return {
    ...base,
    play: ({ canvasElement }) => canvasElement.querySelector<HTMLElement>('[aria-expanded="false"]')!.click(),
  };
}

function fileOf(file: FileContent): StoryEvent {
  return { type: 'part.done', partId: 'f', part: { kind: 'file', file } };
}

const THOUGHT =
  'The visitor asks about cats. **Lilies** are dangerous, so I must not name them.\n\n- spider plant\n- calathea';
const thinking: StoryEvent = {
  type: 'part.delta',
  partId: 'r',
  delta: { kind: 'reasoning', reasoning: 'The visitor asks' },
};
const thought: StoryEvent = {
  type: 'part.done',
  partId: 'r',
  part: { kind: 'reasoning', reasoning: THOUGHT },
  after: 4200,
};

/** The agent thinks before it writes. */
export const Thinking = story(...asked('Which plants are safe for cats?'), thinking);

/** It has thought; one line says for how long. */
export const Thought = story(
  ...asked('Which plants are safe for cats?'),
  thinking,
  thought,
  ...said('Spider plants.'),
  ...done(),
);

/** What it thought, for those who want to know. */
export const ThoughtAndOpen = opened(Thought);

/** The thought came whole, so nobody knows how long it took. */
export const ThoughtAllAtOnce = story(
  ...asked('Which plants are safe for cats?'),
  thought,
  ...said('Spider plants.'),
  ...done(),
);

/** The visitor sent a picture. Pressed, it opens large. */
export const FileFromVisitor = story(
  ...asked([
    { kind: 'file', file: { bytes: PICTURE_BYTES, mimeType: 'image/png', name: 'sun.png' } },
    { kind: 'text', text: 'What is wrong with it?' },
  ]),
);

/** The picture over the page. Escape, the cross, or a press beside it close it. */
export const FileLightbox: Story = {
  ...FileFromVisitor,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'View sun.png' }));
    await expect(await canvas.findByRole('dialog', { name: 'sun.png' })).toBeVisible();
  },
};

/** What calls itself a picture and is none, or what the page's policy forbids to draw, is a card. */
export const FileThatIsNoPicture = story(
  ...asked([
    { kind: 'file', file: { bytes: btoa('x'.repeat(48_000)), mimeType: 'image/jpeg', name: 'sad-monstera.jpg' } },
    { kind: 'text', text: 'What is wrong with it?' },
  ]),
);

/** The agent refers to a picture somewhere else. Nothing is fetched before the visitor wants it. */
export const FilePictureByAddress = story(
  ...asked('What does it look like?'),
  fileOf({ uri: 'https://photos.example.com/monstera.jpg', mimeType: 'image/jpeg', name: 'monstera.jpg' }),
  ...done(),
);

/** A sound to listen to. */
export const FileSound = story(
  ...asked('How do you say it?'),
  fileOf({ bytes: SILENCE_BYTES, mimeType: 'audio/wav', name: 'monstera.wav' }),
  ...done(),
);

/** A film on a server that the page allows. It is not fetched before it is started. */
export const FileFilm: Story = {
  args: {
    images: { allow: ['https://films.example.com'] },
    conversation: frozenConversation(
      introduced,
      ...asked('How do I repot it?'),
      fileOf({ uri: 'https://films.example.com/repotting.mp4', mimeType: 'video/mp4', name: 'repotting.mp4' }),
      ...done(),
    ),
  },
};

/** The agent made one: it can be downloaded. */
export const FileFromAgent = story(
  ...asked('Can I have a plan for the year?'),
  fileOf({ bytes: btoa('week,plant\n1,monstera'), mimeType: 'text/csv', name: 'watering-plan.csv' }),
  ...done(),
);

/** A file somewhere else: a link, and its host. */
export const FileByAddress = story(
  ...asked('Do you have a leaflet?'),
  fileOf({ uri: 'https://files.example.com/leaflet.pdf', mimeType: 'application/pdf', name: 'leaflet.pdf' }),
  ...done(),
);

/** An address that no widget should open. */
export const FileWithUnsafeAddress = story(
  ...asked('Do you have a leaflet?'),
  fileOf({ uri: 'javascript:alert(1)', name: 'invoice\u202efdp.exe' }),
  ...done(),
);

const data: StoryEvent = {
  type: 'part.done',
  partId: 'd',
  part: {
    kind: 'data',
    data: { plant: 'monstera', days: 7, tips: ['less light', 'more air'], watered: true, note: null },
  },
};

/** Structured data that the page has no drawing for. */
export const Data = story(...asked('How is my plant?'), data, ...done());

/** The same, opened. */
export const DataAndOpen = opened(Data);

/** Data of a type that the page has a component for. */
export const DataWithRenderer: Story = {
  args: {
    dataRenderers: { 'plant-status': PlantStatus },
    conversation: frozenConversation(
      introduced,
      ...asked('How is my plant?'),
      {
        type: 'part.done',
        partId: 'd',
        part: { kind: 'data', data: { plant: 'Monstera', days: 7 }, metadata: { type: 'plant-status' } },
      },
      ...done(),
    ),
  },
};

function PlantStatus({ part }: PartProps<DataPart>): ReactNode {
  return (
    <p>
      <strong>{String(part.data['plant'])}</strong> · water in {String(part.data['days'])} days
    </p>
  );
}

/** What the agent's searches found is one line below the answer. */
export const Sources = story(
  ...asked('How often do I water a monstera?'),
  { type: 'tool.started', toolCallId: 'call_1', toolName: 'google_search', arguments: { query: 'water monstera' } },
  {
    type: 'tool.done',
    toolCallId: 'call_1',
    result: [
      { title: 'Watering a monstera', url: 'https://plants.example.com/monstera/water' },
      { title: 'Indoor plants in winter', url: 'https://garden.example.org/winter' },
      { url: 'https://www.example.net/soil' },
    ],
  },
  ...said('Most are happy with water once a week.'),
  ...done(),
);

/** The same, opened: each leads away after a question, unless the host vouches for its site. */
export const SourcesAndOpen: Story = {
  ...Sources,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: '3 sources' }));
  },
};

/** A tool by the name that the host has for it. */
export const ToolWithTitle: Story = {
  args: {
    toolTitles: { find_order: 'Look up your order' },
    conversation: frozenConversation(introduced, ...asked('Where is it?'), {
      type: 'tool.started',
      toolCallId: 'call_1',
      toolName: 'find_order',
      arguments: { order: 20417 },
    }),
  },
};
