import type { Meta, StoryObj } from '@storybook/react-vite';
import { MessageRow } from '../src/components/MessageRow.js';
import { frozenConversation, type FrozenConversation, type StoryEvent } from './support/frozenConversation.js';
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
    play: ({ canvasElement }) => canvasElement.querySelector<HTMLElement>('[aria-expanded="false"]')?.click(),
  };
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

/** The visitor sent a file. */
export const FileFromVisitor = story(
  ...asked([
    { kind: 'file', file: { bytes: btoa('x'.repeat(48_000)), mimeType: 'image/jpeg', name: 'sad-monstera.jpg' } },
    { kind: 'text', text: 'What is wrong with it?' },
  ]),
);

/** The agent made one: it can be downloaded. */
export const FileFromAgent = story(
  ...asked('Can I have a plan for the year?'),
  {
    type: 'part.done',
    partId: 'f',
    part: {
      kind: 'file',
      file: { bytes: btoa('week,plant\n1,monstera'), mimeType: 'text/csv', name: 'watering-plan.csv' },
    },
  },
  ...done(),
);

/** A file somewhere else: a link, and its host. */
export const FileByAddress = story(
  ...asked('Do you have a leaflet?'),
  {
    type: 'part.done',
    partId: 'f',
    part: {
      kind: 'file',
      file: { uri: 'https://files.example.com/leaflet.pdf', mimeType: 'application/pdf', name: 'leaflet.pdf' },
    },
  },
  ...done(),
);

/** An address that no widget should open. */
export const FileWithUnsafeAddress = story(
  ...asked('Do you have a leaflet?'),
  {
    type: 'part.done',
    partId: 'f',
    part: { kind: 'file', file: { uri: 'javascript:alert(1)', name: 'invoice\u202efdp.exe' } },
  },
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
