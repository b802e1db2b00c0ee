import type { Meta, StoryObj } from '@storybook/react-vite';
import { MessageRow } from '../src/components/MessageRow.js';
import { frozenConversation, type FrozenConversation } from './support/frozenConversation.js';
import { Stage, type StageProps } from './support/Stage.js';
import { asked, done, exchange, introduced, said, says } from './support/script.js';

interface MarkdownStoryProps extends Omit<StageProps, 'conversation'> {
  readonly conversation: FrozenConversation;
}

/** What an agent's text may hold. */
const meta = {
  title: 'Markdown',
  render: ({ conversation, ...stage }) => (
    <Stage conversation={conversation} {...stage}>
      {conversation.getState().messageIds.map((id) => (
        <MessageRow key={id} messageId={id} />
      ))}
    </Stage>
  ),
} satisfies Meta<MarkdownStoryProps>;
export default meta;
type Story = StoryObj<MarkdownStoryProps>;

function story(answer: string, stage: Omit<StageProps, 'conversation'> = {}): Story {
  return { args: { conversation: frozenConversation(introduced, ...exchange('Tell me.', answer)), ...stage } };
}

const CODE = `A few languages:

\`\`\`ts
// Once a week is enough.
export async function water(plant: Plant, days = 7): Promise<string> {
  const next = await plan(plant.name, { every: days });
  return \`\${plant.name} again on \${next}\`;
}
\`\`\`

\`\`\`python
def water(plant, days=7):
    """Once a week is enough."""
    return f"{plant.name} again in {days} days"  # or so
\`\`\`

\`\`\`html
<p class="plant">Monstera <!-- a climber --></p>
\`\`\`

\`\`\`diff
 watering:
-  every: 3
+  every: 7
\`\`\`

\`\`\`sh
npm install plants # "with care"
\`\`\`

\`\`\`yaml
plant: monstera
water: { days: 7, litres: 0.5 }
\`\`\`
`;

/** Code is coloured once it is complete. */
export const Code: Story = {
  ...story(CODE),
  play: async ({ canvas }) => {
    await canvas.findByText('async', undefined, { timeout: 10_000 });
  },
};

/** The same in the dark. */
export const CodeInTheDark: Story = { ...Code, args: { ...Code.args, theme: 'dark' } };

/** Code that still grows is plain, so that its colours do not change with every line. */
export const CodeThatGrows: Story = {
  args: {
    conversation: frozenConversation(introduced, ...asked('Show me.'), ...says('```ts\nexport const days = 7;\n')),
  },
};

/** Footnotes stand where they were written, and lead back to the text. */
export const Footnotes = story(
  'A monstera is a climber[^climber] and likes it warm[^warm]. It is toxic for cats[^climber].\n\n[^climber]: It holds on with **aerial roots**.\n[^warm]: Between 18 and 27 °C.\n\n    Never below 12 °C.\n',
);

/** The note has not been written yet, so its mark is text. */
export const FootnoteToCome: Story = {
  args: {
    conversation: frozenConversation(introduced, ...asked('Tell me.'), ...says('A monstera is a climber[^1], and it ')),
  },
};

/** Images are not loaded by themselves: their addresses could carry the conversation to a stranger. */
export const Images = story(
  'Look:\n\n![A monstera in a pot](https://img.example.com/monstera.png?q=1)\n\nAnd one without a name: ![](https://img.example.com/b.png)\n\n[![An image in a link](https://img.example.com/c.png)](https://example.com)',
);

/** Links look alike; most are asked about before they are opened. */
export const Links = story(
  'Read [the guide](https://docs.example.com/guide) or [write to us](mailto:plants@example.com). Bare: https://example.org/a?b=c. Not a link: [x](javascript:alert(1)).',
  { links: { allow: ['https://docs.example.com'] } },
);

function asksAbout(markdown: string, name: string): Story {
  return {
    ...story(markdown),
    play: async ({ canvas, userEvent }) => {
      await userEvent.click(canvas.getByRole('link', { name }));
      await canvas.findByRole('dialog', undefined, { timeout: 10_000 });
    },
  };
}

/** The whole address, with the name that somebody registered and what is sent along. */
export const LinkQuestion = asksAbout(
  '[the guide](https://docs.plants.example.co.uk/guide/monstera?from=chat#light)',
  'the guide',
);

/** A link that claims to lead elsewhere, in letters that look like others. */
export const LinkQuestionWithWarnings = asksAbout(
  '[https://bank.example.com](https://bаnk.example.net/login)',
  'https://bank.example.com',
);

/** All of it in one answer. */
export const Everything: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...asked('Everything, please.'),
      ...said(
        '# One\n\n## Two\n\n### Three\n\nText with **bold**, *italic*, ~~gone~~, `code` and a [link](https://example.com).\n\n> A quote\n> > in a quote\n\n1. one\n2. two\n   - deep\n   - [x] done\n   - [ ] to do\n\n| Plant | Days |\n|:--|--:|\n| Monstera | 7 |\n| Cactus | 30 |\n\n---\n\n<b>HTML</b> is text.\n',
      ),
      ...done(),
    ),
  },
};
