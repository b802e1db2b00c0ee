import { act, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { asked, exchange, says } from '../../../stories/support/script.js';
import { renderWidget } from '../support/renderWidget.js';

const open = vi.fn<typeof window.open>(() => null);
beforeEach(() => {
  open.mockClear();
  vi.stubGlobal('open', open);
});
afterEach(() => void vi.unstubAllGlobals());

let hosts = 0;
/** The visitor's answer is remembered per host while the page lives, so each test has its own. */
const newHost = () => `site${(hosts += 1)}.example`;

function show(markdown: string, props: Parameters<typeof renderWidget>[1] = {}) {
  return renderWidget(frozenConversation(...exchange('Hi', markdown)), props).user;
}
const card = () => screen.findByRole('dialog', { name: 'Open this link?' });
const link = (name: string) => screen.getByRole('link', { name });

describe('a link that the agent wrote', () => {
  test('has no address in the page, and asks with the whole address before it is opened', async () => {
    const host = newHost();
    const user = show(`See [the docs](https://www.${host}/a?b=c#d).`);
    expect(link('the docs')).not.toHaveAttribute('href');
    await user.click(link('the docs'));
    expect(await card()).toHaveAccessibleDescription(`https://www.${host}/a?b=c#d`);
    expect(within(await card()).getByText(host)).toHaveProperty('tagName', 'STRONG');
    expect(open).not.toHaveBeenCalled();
    await user.click(within(await card()).getByRole('button', { name: 'Open' }));
    expect(open.mock.calls).toEqual([[`https://www.${host}/a?b=c#d`, '_blank', 'noopener,noreferrer']]);
    expect(screen.queryByRole('dialog', { name: 'Open this link?' })).not.toBeInTheDocument();
    expect(link('the docs')).toHaveFocus();
  });

  test('is followed with the keyboard: Enter asks, Enter opens, Escape goes back', async () => {
    const user = show(`[one](https://${newHost()}/)`);
    link('one').focus();
    await user.keyboard('{Enter}');
    expect(within(await card()).getByRole('button', { name: 'Open' })).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog', { name: 'Open this link?' })).not.toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Message' })).toBeVisible();
    expect(link('one')).toHaveFocus();
    expect(open).not.toHaveBeenCalled();
    await user.keyboard('{Enter}');
    await card();
    await user.keyboard('{Enter}');
    expect(open).toHaveBeenCalledOnce();
  });

  test('keeps the focus in the question', async () => {
    const user = show(`[one](https://${newHost()}/)`);
    await user.click(link('one'));
    const buttons = within(await card()).getAllByRole('button');
    expect(buttons.map((button) => button.textContent)).toEqual(['Cancel', 'Open']);
    await user.tab();
    expect(buttons[0]).toHaveFocus();
    await user.tab({ shift: true });
    expect(buttons[1]).toHaveFocus();
  });

  test('is asked about once per site', async () => {
    const host = newHost();
    const user = show(`[one](https://${host}/1) [two](https://${host}/2) [other](https://other.${host}/)`);
    await user.click(link('one'));
    await user.click(within(await card()).getByRole('button', { name: 'Open' }));
    await user.click(link('two'));
    await vi.waitFor(() => expect(open.mock.lastCall?.[0]).toBe(`https://${host}/2`));
    await user.click(link('other'));
    await card();
    expect(open).toHaveBeenCalledTimes(2);
  });

  test('that pretends to lead elsewhere is always asked about, with a warning', async () => {
    const host = newHost();
    const user = show(`[a](https://${host}/) [https://bank.example](https://${host}/x)`);
    await user.click(link('a'));
    await user.click(within(await card()).getByRole('button', { name: 'Open' }));
    await user.click(link('https://bank.example'));
    expect(await card()).toHaveTextContent(`The link says “bank.example”, but it leads to “${host}”.`);
    expect(within(await card()).getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await user.click(within(await card()).getByRole('button', { name: 'Cancel' }));
    expect(open).toHaveBeenCalledOnce();
  });

  test('with letters of another script shows them as they are sent', async () => {
    const user = show('[shop](https://аpple.example/)');
    await user.click(link('shop'));
    expect(await card()).toHaveTextContent('https://xn--pple-43d.example/');
    expect(await card()).toHaveTextContent('This address has letters that can look like others.');
  });

  test('to a site that the page vouches for opens at once', () => {
    show('[docs](https://docs.example/a) [other](https://other.example/)', {
      links: { allow: ['https://docs.example'] },
    });
    expect(link('docs')).toHaveAttribute('href', 'https://docs.example/a');
    expect(link('docs')).toHaveAttribute('target', '_blank');
    expect(link('other')).not.toHaveAttribute('href');
  });

  test('named like one of the widget’s buttons shows where it leads', () => {
    show('[Approve](https://evil.example/) [**Re\u200Bject!**](https://evil.example/)');
    expect(link('Approve (https://evil.example/)')).toBeVisible();
    expect(link('Reject! (https://evil.example/)')).toBeVisible();
  });

  test('is asked about in the words of the language', async () => {
    const user = show(`[one](https://${newHost()}/)`, { labels: { links: { question: 'Link openen?' } } });
    await user.click(link('one'));
    expect(await screen.findByRole('dialog', { name: 'Link openen?' })).toHaveTextContent('Cancel');
  });
});

describe('an image that the agent wrote', () => {
  test('is loaded when the visitor wants it', async () => {
    const user = show('![A cat](https://img.example/cat.png)');
    expect(screen.queryByRole('img', { name: 'A cat' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Load image' }));
    const image = screen.getByRole('img', { name: 'A cat' });
    expect(image).toHaveAttribute('src', 'https://img.example/cat.png');
    expect(image).toHaveAttribute('referrerpolicy', 'no-referrer');
    expect(image).toHaveFocus();
  });

  test('from where the page allows is there at once', () => {
    show('![A cat](https://img.example/cat.png) ![B](https://img.example/b.png?c=d)', {
      images: { allow: ['https://img.example'] },
    });
    expect(screen.getByRole('img', { name: 'A cat' })).toHaveAttribute('loading', 'lazy');
    expect(screen.queryByRole('img', { name: 'B' })).not.toBeInTheDocument();
  });
});

describe('a footnote', () => {
  test('is reached from its number, and the number from it', async () => {
    const user = show('One[^a] and again[^a].\n\n[^a]: The note.');
    const [mark] = screen.getAllByRole('doc-noteref', { name: 'Footnote 1' });
    await user.click(mark!);
    const note = screen.getByRole('note', { name: 'Footnote 1' });
    expect(note).toHaveFocus();
    expect(note).toHaveTextContent('The note.');
    await user.click(within(note).getByRole('button', { name: 'Back to the text' }));
    expect(mark).toHaveFocus();
    expect(location.hash).toBe('');
  });

  test('has an id that no other message has', () => {
    renderWidget(
      frozenConversation(...exchange('Hi', 'a[^1]\n\n[^1]: b'), ...exchange('Hi', 'a[^1]\n\n[^1]: c', 'q2')),
    );
    const ids = screen.getAllByRole('note').map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(screen.getAllByRole('doc-noteref').map((mark) => mark.getAttribute('href'))).toEqual(
      ids.map((id) => `#${id}`),
    );
  });
});

describe('code', () => {
  const colored = () => document.querySelectorAll('[class^="ac-md-code-"][class$="keyword"]');

  test('is coloured once it is complete, without a change of its text', async () => {
    show('```js\nconst a = 1;\n```');
    await vi.waitFor(() => expect(colored()).toHaveLength(1));
    expect(screen.getByRole('group', { name: 'Code: js' })).toHaveTextContent('const a = 1;');
  });

  test('that still grows is plain', async () => {
    const conversation = frozenConversation(...exchange('Hi', '```js\nconst a = 1;\n```'));
    renderWidget(conversation);
    await vi.waitFor(() => expect(colored()).toHaveLength(1));
    act(() => conversation.play(...asked('More', 'q2'), ...says('```js\nconst b = 2;\n', 'text_2')));
    expect(screen.getByText(/const b/)).toBeVisible();
    expect(colored()).toHaveLength(1);
  });
});
