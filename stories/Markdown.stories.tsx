import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';
import { MessageRow } from '../src/components/message/MessageRow.js';
import { math } from '../src/markdown/math/math.js';
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

/** A story of formulas, which are there once they are MathML. */
function formulas(answer: string, stage: Omit<StageProps, 'conversation'> = {}): Story {
  return {
    ...story(answer, { math, ...stage }),
    play: async ({ canvasElement }) => {
      await waitFor(() => expect(canvasElement.querySelector('math')).not.toBeNull(), { timeout: 10_000 });
    },
  };
}

/** In the line and in lines of their own; prices stay prices. */
export const Formulas = formulas(
  'The roots of $ax^2 + bx + c$ are\n\n$$\nx = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}\n$$\n\nwhere \\(a \\neq 0\\). With **$a = 1$** and $b = c = \\frac{1}{2}$ there is none in $\\mathbb{R}$. A plant costs $5, two cost $10.\n\n\\[\n\\begin{aligned}\n\\sum_{i=1}^{n} i &= \\frac{n(n+1)}{2} \\\\\n\\int_0^1 x\\,dx &= \\tfrac12\n\\end{aligned}\n\\]\n\n- $\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$\n- $\\cancel{x} + \\boxed{y}$\n\n| Number $n$ | Product $n!$ |\n|--|--|\n| $5$ | $120$ |\n\n> $f(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}$\n',
);

const SUM = Array.from({ length: 40 }, (_, index) => `x_{${index}}^2`).join(' + ');

/** One that is wider than the text is scrolled, by keyboard as well. */
export const LongFormula: Story = {
  ...formulas(`$$\n${SUM} = 0\n$$\n\nIn the line $${SUM}$ as well.`),
  play: async ({ canvas }) => {
    const [own, inLine, ...others] = await canvas.findAllByRole('group', { name: 'Formula' }, { timeout: 10_000 });
    await expect(others).toEqual([]);
    await expect(own!.scrollWidth).toBeGreaterThan(own!.clientWidth);
    await expect(inLine!.tabIndex).toBe(0);
  },
};

/** What cannot be read, or would do more than be shown, stands as it was written. */
export const BrokenFormulas: Story = story(
  'An end is missing: $\\frac{1}{2$. Unknown: $\\nonsense{x}$. A link: $\\href{https://example.com}{x}$. An image:\n\n$$\n\\includegraphics{https://example.com/x.png}\n$$\n\nAnd one that nobody closed:\n\n$$\nx = 1\n',
  { math },
);

/** One that is still written keeps its place. */
export const FormulaThatGrows: Story = {
  args: {
    math,
    conversation: frozenConversation(introduced, ...asked('Show me.'), ...says('So it is\n\n$$\nx = \\frac{-b')),
  },
};

/** Formulas run from left to right in every language. */
export const FormulasInHebrew = formulas(
  'השורשים של $ax^2 + bx + c = 0$ הם:\n\n$$\nx = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}\n$$\n\nכאשר $a \\neq 0$.',
  { dir: 'rtl' },
);

/** Without `math` they are text, which costs nothing. */
export const FormulasAsText = story('The root of $x^2 = 4$ is $$x = 2$$ and costs $5.');

const LONG_LIST = Array.from({ length: 110 }, (_, index) => `${index + 1}. plant ${index + 1}`).join('\n');
const LONG_TABLE = Array.from({ length: 40 }, (_, index) => `| plant ${index + 1} | ${index + 3} |`).join('\n');

/** Of long ones the browser may skip what is out of view; to a screen reader each is one list, and one table. */
export const LongListAndTable: Story = {
  ...story(`${LONG_LIST}\n\n| Plant | Days |\n|:--|--:|\n${LONG_TABLE}`),
  play: async ({ canvas }) => {
    await expect(within(await canvas.findByRole('list')).getAllByRole('listitem')).toHaveLength(110);
    await expect(within(canvas.getByRole('table')).getAllByRole('row')).toHaveLength(41);
  },
};

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
