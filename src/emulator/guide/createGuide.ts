import { textOf } from '../createTurn.js';
import { pick } from '../random.js';
import { callTool, reason, say, type Step } from '../step.js';
import type { Scenario, Turn } from '../turn.js';
import { createReadmeIndex, type SearchResult } from './createReadmeIndex.js';
import { readIntent, withoutGreeting } from './intent.js';
import { pickPassages, subtree } from './pickPassages.js';
import { plainText, readmeSections, type Block, type Section } from './readmeSections.js';

/**
 * An agent that answers questions from a README: it searches it, quotes the passages that fit and names their section. It
 * says so when the README has no answer. All it knows is `readme`.
 *
 * @param readme markdown.
 */
export function createGuide(readme: string): Scenario {
  const sections = readmeSections(readme);
  const index = createReadmeIndex(sections);
  const topics = sections.filter((section) => section.level === 2).map((section) => section.heading);
  const title = sections.find((section) => section.level === 1);

  return function* guide(turn: Turn): Generator<Step, void, void> {
    const current = currentSection(turn, sections);
    switch (readIntent(turn.text)) {
      case 'greeting':
        return yield* greet(turn, topics);
      case 'thanks':
        return yield say(
          pick(turn.random, ['You are welcome! Anything else?', 'Glad to help. What else would you like to know?']),
        );
      case 'farewell':
        return yield say('Goodbye! Come back any time.');
      case 'nothing':
        return yield say(
          'I can only read text, and I know nothing but the README of this library. What would you like to know about it?',
        );
      case 'abilities':
        yield say(
          'I answer questions about this library from its README, and I tell you which section the answer is from.',
        );
        return yield say(
          topics.length === 0 ? '' : `\n\nYou can ask me about:\n\n${topics.map((topic) => `- ${topic}`).join('\n')}\n`,
        );
      case 'overview':
        if (title !== undefined) return yield* overview(turn, title, topics);
        break;
      case 'more':
      case 'example':
        if (current !== null) return yield* goOn(turn, current, sections);
        if (readIntent(turn.text) === 'more') {
          return yield say(`More about what? ${suggest(turn, topics)}`);
        }
        break;
      case 'question':
    }
    yield* answer(turn, current);
  };

  function* answer(turn: Turn, current: Section | null): Generator<Step, void, void> {
    const question = withoutGreeting(turn.text);
    const isAboutCurrent = current !== null && /\b(it|its|that|this|there|them|those|these|same)\b/i.test(question);
    const result = index.search(question, isAboutCurrent ? current : undefined);
    yield reason(`The visitor asks: "${shorten(question)}". `);
    yield reason('I should look that up in the README rather than guess.');
    yield callTool({ name: 'search_readme', arguments: { query: shorten(question) }, result: toToolResult(result) });
    const best = result.hits[0];
    if (best === undefined) return yield* admit(turn, result, topics);

    const greeting = question.length < turn.text.trim().length - 1 && turn.index === 0 ? 'Hi! ' : '';
    const passages = pickPassages(best.section, sections, question);
    if (greeting !== '') yield say(`${greeting}Here is what the README says.\n\n`);
    yield say(`${join(passages)}\n\n`);
    yield say(cite(best.section));
    const other = result.hits.find(
      (hit) => isApart(best.section, hit.section) && hit.score >= best.score * 0.55 && hit.section.level > 1,
    );
    if (other !== undefined) yield say(` See also **${other.section.heading}**.`);
  }
}

function* greet(turn: Turn, topics: readonly string[]): Generator<Step, void, void> {
  const name = turn.identity?.['display_name'];
  yield say(typeof name === 'string' ? `Hello ${name.split(' ')[0]}! ` : pick(turn.random, ['Hello! ', 'Hi there! ']));
  if (turn.index > 0) return yield say('What would you like to know?');
  yield say(`I know the README of this library by heart. ${suggest(turn, topics.slice(0, 3))}`);
}

function* overview(turn: Turn, title: Section, topics: readonly string[]): Generator<Step, void, void> {
  yield reason('The visitor wants to know what this is. The beginning of the README says so.');
  yield callTool({
    name: 'search_readme',
    arguments: { query: shorten(turn.text) },
    result: [{ section: title.heading, score: 1, excerpt: shorten(plainText(title.blocks[0]?.text ?? ''), 120) }],
  });
  const passages = title.blocks.slice(0, 3);
  yield say(passages.length === 0 ? `The README is about ${title.heading}.` : join(passages));
  if (topics.length > 0) yield say(`\n\nThe README goes on with ${list(topics, 'and')}.`);
  if (title.heading !== '') yield say(`\n\n${cite(title)}`);
}

function* goOn(turn: Turn, section: Section, sections: readonly Section[]): Generator<Step, void, void> {
  const said = agentTexts(turn).join('\n');
  const fresh = subtree(section, sections).filter((block) => !said.includes(firstLines(block)));
  const wanted = readIntent(turn.text) === 'example' ? fresh.filter((block) => block.kind === 'code') : fresh;
  yield reason(`The visitor wants to know more about ${section.heading}.`);
  if (wanted.length === 0) {
    const isExample = readIntent(turn.text) === 'example';
    yield say(`The README has no ${isExample ? 'other example' : 'more'} under **${section.heading}**.`);
    const next = sections.find(
      (other) => other.id > section.id && isApart(section, other) && other.level <= section.level,
    );
    if (next !== undefined) yield say(` It goes on with **${next.heading}**, if you would like to hear about that.`);
    return;
  }
  yield say(`${join(wanted.slice(0, 3))}\n\n`);
  yield say(cite(section));
}

function* admit(turn: Turn, result: SearchResult, topics: readonly string[]): Generator<Step, void, void> {
  const subject =
    result.unknown.length > 0
      ? list(
          result.unknown.slice(0, 3).map((word) => `**${word}**`),
          'or',
        )
      : 'that';
  yield say(`The README does not say anything about ${subject}, so I would rather not guess. `);
  if (result.nearest !== null && result.nearest.section.level > 1) {
    yield say(`The closest subject it has is **${result.nearest.section.heading}**.`);
  } else yield say(suggest(turn, topics));
}

// What was being talked about: the section that the guide named last.
function currentSection(turn: Turn, sections: readonly Section[]): Section | null {
  for (const text of agentTexts(turn).toReversed()) {
    const heading = [...text.matchAll(/^From \*\*(.+?)\*\*/gm)].at(-1)?.[1];
    const section = sections.find((one) => one.heading === heading);
    if (section !== undefined) return section;
  }
  return null;
}

function agentTexts(turn: Turn): string[] {
  return turn.history.filter((message) => message.role === 'agent').map(textOf);
}

function cite(section: Section): string {
  const parent = section.parents.at(-1);
  const within = parent === undefined ? '' : `, a part of **${parent}**,`;
  return `From **${section.heading}**${within} in the README.`;
}

function suggest(turn: Turn, topics: readonly string[]): string {
  if (topics.length === 0) return 'What would you like to know?';
  const start = Math.floor(turn.random() * Math.max(1, topics.length - 2));
  return `You could ask me about ${list(topics.slice(start, start + 3), 'or')}.`;
}

function list(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

function join(blocks: readonly Block[]): string {
  return blocks.map((block) => block.text).join('\n\n');
}

function firstLines(block: Block): string {
  return block.text.slice(0, 60);
}

function isApart(one: Section, other: Section): boolean {
  return one.id !== other.id && !one.descendants.includes(other.id) && !other.descendants.includes(one.id);
}

function toToolResult(result: SearchResult): unknown {
  return result.hits.slice(0, 3).map((hit) => ({
    section: hit.section.heading,
    score: Math.round(hit.score * 10) / 10,
    excerpt: shorten(plainText(hit.section.blocks[0]?.text ?? ''), 120),
  }));
}

function shorten(text: string, most = 200): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
