import { describe, expect, it } from 'vitest';
import realReadme from '../../../README.md?raw';
import { createEmulator, createGuide } from '../../../src/emulator/index.js';
import { readmeSections } from '../../../src/emulator/guide/readmeSections.js';
import { createInstantClock } from '../instantClock.js';
import { deltaText, readEvents } from '../readEvents.js';
import { ask } from '../request.js';
import readme from './fixture.md?raw';

/** A conversation with a guide to `text`: each call is the next turn. */
function converse(text = readme, seed = 1): (question: string, more?: Record<string, unknown>) => Promise<string> {
  const emulator = createEmulator({ agents: { guide: createGuide(text) }, clock: createInstantClock(), seed });
  let taskId: string | undefined;
  return async (question, more = {}) => {
    const response = await ask(emulator, 'guide', question, {
      stream: true,
      ...(taskId && { task_id: taskId }),
      ...more,
    });
    const { events, end } = await readEvents(response);
    expect(end).toBe('done');
    taskId = String(events[0]?.data['taskId']);
    return deltaText(events);
  };
}

const answered: readonly (readonly [string, string])[] = [
  ['How do I get started?', 'Quick start'],
  ['How do I install it?', 'Quick start'],
  ['What are the three ways to use it?', 'Three ways in'],
  ['How do I embed it with a script tag?', 'Script tag'],
  ['What does the proxy do?', 'The proxy'],
  ['How many messages may a visitor send per minute?', 'Rate limits'],
  ['How do I deploy on Cloudflare Workers?', 'Deploying to Cloudflare'],
  ['What options are there?', 'Options'],
  ['Which props does the widget take?', 'Options'],
  ['How can I change the colors?', 'Theming'],
  ['how do i theme the thing', 'Theming'],
  ['Does it support dark mode?', 'Dark mode'],
  ['Is it accessible?', 'Accessibility'],
  ['accesibility?', 'Accessibility'],
  ['Does it work with a screen reader?', 'Accessibility'],
  ['Can users upload files?', 'Attachments'],
  ['What happens when the connection drops?', 'Offline and reconnecting'],
  ['Which browsers are supported?', 'Browser support'],
  ['Does it work with Vue?', 'Can I use it with Vue or Angular?'],
  ['Why do I need a proxy?', 'Why do I need a proxy?'],
  ['What license is it under?', 'License'],
];

const offTopic = [
  'What is the capital of France?',
  'Who won the World Cup in 2018?',
  'How do I bake bread?',
  'Tell me a joke',
  'What is the weather in Paris?',
  'How do I deploy to Kubernetes?',
  'Does it have a WordPress plugin?',
  'What is the best programming language?',
  'How do I cook rice with a proxy?',
  'What is your favorite color?',
  'Write me a poem about the sea',
  'What is the speed of light?',
  'Is there a Python SDK?',
  'How do I train a neural network?',
];

describe('a guide to a README', () => {
  it.each(answered)('answers "%s" from %s', async (question, heading) => {
    expect(await converse()(question)).toMatch(new RegExp(`From \\*\\*${escape(heading)}\\*\\*.* in the README\\.`));
  });

  it.each(offTopic)('says that the README has no answer to "%s"', async (question) => {
    const answer = await converse()(question);
    expect(answer).toMatch(/^The README does not say anything about /);
    expect(answer).not.toMatch(/From \*\*/);
  });

  it('answers questions made of headings from those sections, in the README of this library', async () => {
    const headings = readmeSections(realReadme)
      .filter((section) => section.level === 2)
      .map((section) => section.heading);
    const missed: string[] = [];
    for (const heading of headings) {
      const answer = await converse(realReadme)(`What does the README say about "${heading}"?`);
      if (!answer.includes(`**${heading}**`)) missed.push(heading);
    }
    expect(missed).toEqual([]);
  });

  it('answers at least nine of ten natural questions about the README of this library from the right section', async () => {
    const asked: readonly (readonly [string, string])[] = [
      ['How do I get started?', 'Quick start'],
      ['How can I embed the widget on a plain HTML page?', 'Script tag'],
      ['Is my API key safe?', 'The proxy'],
      ['Which props does the widget take?', 'Options'],
      ['How do I change the colours?', 'Styling and theming'],
      ['Does it work with a screen reader?', 'Accessibility'],
      ['How can I test it without an account?', 'The emulator'],
      ['Which browsers do you support?', 'Browser support'],
      ['Does it work with Next.js?', 'Server rendering'],
      ['What license is it under?', 'License'],
    ];
    const right: string[] = [];
    for (const [question, heading] of asked) {
      if ((await converse(realReadme)(question)).includes(`From **${heading}**`)) right.push(heading);
    }
    expect(right.length, `right: ${right.join(', ')}`).toBeGreaterThanOrEqual(9);
  });

  it.each(offTopic.filter((question) => question !== 'How do I deploy to Kubernetes?'))(
    'says so too where the README of this library has no answer to "%s"',
    async (question) => {
      expect(await converse(realReadme)(question)).toMatch(/^The README does not say anything about /);
    },
  );

  it('names the words that the README does not have', async () => {
    expect(await converse()('How do I deploy to Kubernetes?')).toContain('anything about **Kubernetes**');
  });

  it('quotes the code that belongs to the answer, and no comments or badges', async () => {
    expect(await converse()('How do I install it?')).toContain('npm install parley');
    const overview = await converse()('What is this?');
    expect(overview).toContain('A chat widget for AI agents');
    expect(overview).not.toMatch(/badge|must not be quoted/);
  });

  it('quotes of a long table only the rows that were asked for', async () => {
    const answer = await converse()('Which option sets the density?');
    expect(answer).toContain('| `density` |');
    expect(answer).not.toContain('`greeting`');
  });

  it('names the parts of a section that is little more than them', async () => {
    const answer = await converse()('What are the three ways in?');
    expect(answer).toContain('Choose the one that fits your site.');
    expect(answer).toMatch(
      /- \*\*React components\*\*.*\n- \*\*Script tag\*\*: For sites without a build step\.\n- \*\*Headless hook\*\*/,
    );
  });

  it('keeps links that lead somewhere and the words of those that do not', async () => {
    const answer = await converse('## Setup\n\nSee [options](#options) and [the site](https://example.com).')('Setup?');
    expect(answer).toContain('See options and [the site](https://example.com).');
  });

  it('does not take a line of code for a heading', async () => {
    expect(readmeSections(readme).map((section) => section.heading)).not.toContain('this is not a heading');
  });

  it('greets, by name where it knows one', async () => {
    expect(await converse()('Hello!')).toMatch(/^(Hello|Hi there)! /);
    const identity = { id: 'u1', display_name: 'Jane Doe' };
    expect(await converse()('hey there', { identity })).toMatch(/^Hello Jane! /);
  });

  it('answers a question that comes with a greeting', async () => {
    expect(await converse()('Hi, how do I install it?')).toMatch(/^Hi! [\s\S]*From \*\*Quick start\*\*/);
  });

  it('goes on with the section that was being talked about, and says when there is no more', async () => {
    const say = converse();
    const first = await say('What does the proxy do?');
    const second = await say('Tell me more');
    expect(second).toContain('20 messages a minute');
    expect(second).toMatch(/From \*\*The proxy\*\*/);
    expect(second).not.toContain(first.split('\n')[0]);
    expect(await say('more please')).toContain('has no more under **The proxy**');
  });

  it('shows the code of the section when asked for an example', async () => {
    const say = converse();
    await say('What does "Three ways in" say?');
    expect(await say('Can you show me an example?')).toContain('```');
  });

  it('takes thanks, farewells and questions about itself', async () => {
    const say = converse();
    await say('Is it accessible?');
    expect(await say('Great, thanks!')).toMatch(/welcome|Glad to help/);
    expect(await say('What can you do?')).toContain('- Theming');
    expect(await say('Bye!')).toContain('Goodbye');
    expect(await say('👍')).toContain('I can only read text');
  });

  it('asks back where there is nothing to go on with', async () => {
    expect(await converse()('Tell me more')).toContain('More about what?');
  });

  it('thinks, searches and cites what it found', async () => {
    const emulator = createEmulator({ agents: { guide: createGuide(readme) }, clock: createInstantClock() });
    const { events } = await readEvents(await ask(emulator, 'guide', 'How do I theme it?', { stream: true }));
    expect(deltaText(events, 'reasoning')).toContain('How do I theme it?');
    const started = events.find((event) => event.type === 'tool.started');
    expect(started?.data).toMatchObject({ toolName: 'search_readme', arguments: { query: 'How do I theme it?' } });
    const done = events.find((event) => event.type === 'tool.done');
    expect(done?.data['result']).toMatchObject({ 0: { section: 'Theming' } });
  });

  it('is honest about an empty README', async () => {
    expect(await converse('')('How do I install it?')).toMatch(
      /^The README does not say anything about \*\*install\*\*/,
    );
    expect(await converse('')('Hello')).toContain('What would you like to know?');
  });
});

function escape(text: string): string {
  return text.replace(/[?().]/g, '\\$&');
}
