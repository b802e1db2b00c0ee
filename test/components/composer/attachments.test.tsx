import { act, createEvent, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { exchange } from '../../../stories/support/script.js';
import { recallPrompt } from '../../../src/components/composer/usePromptHistory.js';
import { isAccepted } from '../../../src/react/attachFiles.js';
import { renderWidget } from '../support/renderWidget.js';

const textbox = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Message' });
const file = (name: string, type: string, content = 'hello'): File => new File([content], name, { type });
const picker = (): HTMLInputElement => document.querySelector<HTMLInputElement>('input[type="file"]')!;
const attached = (): readonly string[] =>
  screen.queryAllByRole('listitem').flatMap((item) => (item.dataset['ac'] === 'attachment' ? [item.textContent] : []));

describe('attaching files', () => {
  test('a picked file is read, shown, and sent before the text', async () => {
    const conversation = frozenConversation();
    const { user } = renderWidget(conversation);
    await user.upload(picker(), file('notes.txt', 'text/plain'));
    await waitFor(() => expect(screen.queryByRole('progressbar')).not.toBeInTheDocument());
    expect(attached()).toEqual(['notes.txt5 bytes']);
    await user.type(textbox(), 'Please read this{Enter}');
    expect(conversation.commands).toEqual([
      [
        'send',
        {
          parts: [
            { kind: 'file', file: { bytes: btoa('hello'), name: 'notes.txt', mimeType: 'text/plain' } },
            { kind: 'text', text: 'Please read this' },
          ],
        },
      ],
    ]);
    expect(attached()).toEqual([]);
  });

  test('a file alone is a message', async () => {
    const conversation = frozenConversation();
    const { user } = renderWidget(conversation);
    await user.upload(picker(), file('a.pdf', 'application/pdf'));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Send' })).toBeEnabled());
    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(conversation.commands).toHaveLength(1);
  });

  test('it can be taken away again, and the focus goes to the text', async () => {
    const { user } = renderWidget(frozenConversation());
    await user.upload(picker(), file('a.pdf', 'application/pdf'));
    await user.click(screen.getByRole('button', { name: 'Remove a.pdf' }));
    expect(attached()).toEqual([]);
    expect(textbox()).toHaveFocus();
  });

  test('what is pasted as a file is attached', async () => {
    renderWidget(frozenConversation());
    fireEvent.paste(textbox(), { clipboardData: { files: [file('shot.png', 'image/png')], getData: () => '' } });
    expect(await screen.findByRole('list', { name: 'Attached files' })).toBeVisible();
  });

  test('text that comes with a picture of itself is pasted as text', () => {
    renderWidget(frozenConversation());
    const paste = createEvent.paste(textbox(), {
      clipboardData: { files: [file('cells.png', 'image/png')], getData: () => 'A1' },
    });
    fireEvent(textbox(), paste);
    expect(paste.defaultPrevented).toBe(false);
    expect(screen.queryByRole('list', { name: 'Attached files' })).not.toBeInTheDocument();
  });

  test('what is dropped anywhere on the panel is attached', async () => {
    renderWidget(frozenConversation());
    const panel = screen.getByRole('dialog');
    fireEvent.dragOver(panel, { dataTransfer: { types: ['Files'] } });
    expect(screen.getByText('Drop files to attach them')).toBeVisible();
    fireEvent.drop(panel, { dataTransfer: { files: [file('a.pdf', 'application/pdf')] } });
    expect(screen.queryByText('Drop files to attach them')).not.toBeInTheDocument();
    expect(await screen.findByRole('list', { name: 'Attached files' })).toBeVisible();
  });

  test('nothing of it where the host wants none', () => {
    renderWidget(frozenConversation(), { attachments: false });
    expect(screen.queryByRole('button', { name: 'Attach files' })).not.toBeInTheDocument();
    const drop = createEvent.drop(screen.getByRole('dialog'), {
      dataTransfer: { files: [file('a.txt', 'text/plain')] },
    });
    fireEvent(screen.getByRole('dialog'), drop);
    expect(drop.defaultPrevented).toBe(false);
  });

  test('closing the panel keeps the files', async () => {
    const { user } = renderWidget(frozenConversation());
    await user.upload(picker(), file('a.pdf', 'application/pdf'));
    await user.click(screen.getByRole('button', { name: 'Close chat' }));
    await user.click(screen.getByRole('button', { name: 'Open chat' }));
    expect(attached()).toHaveLength(1);
  });
});

describe('files that are not taken', () => {
  const drop = (...files: readonly File[]): void => {
    fireEvent.drop(screen.getByRole('dialog'), { dataTransfer: { files } });
  };
  test.each([
    ['run.exe', 'application/x-msdownload', 5, "run.exe can't be attached: this kind of file is not supported."],
    ['page.svg', 'image/svg+xml', 5, "page.svg can't be attached: this kind of file is not supported."],
    ['big.txt', 'text/plain', 101, 'big.txt is too large. A file can have up to 100 bytes.'],
    ['empty.txt', 'text/plain', 0, 'empty.txt is empty.'],
  ])('%s', async (name, type, size, sentence) => {
    const { user } = renderWidget(frozenConversation(), { attachments: { maxFileBytes: 100 } });
    drop(file(name, type, 'x'.repeat(size)));
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(sentence));
    expect(attached()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.getByRole('alert')).toBeEmptyDOMElement();
  });

  test('too many at once: as many as fit are taken, and one sentence tells', async () => {
    renderWidget(frozenConversation(), { attachments: { maxCount: 2 } });
    drop(...['a.txt', 'b.txt', 'c.txt', 'd.txt'].map((name) => file(name, 'text/plain')));
    await waitFor(() => expect(attached()).toHaveLength(2));
    expect(screen.getByRole('alert')).toHaveTextContent(/^One message can have up to 2 files\.$/);
  });

  test('too much together', async () => {
    renderWidget(frozenConversation(), { attachments: { maxTotalBytes: 8 } });
    drop(file('a.txt', 'text/plain'), file('b.txt', 'text/plain'));
    await waitFor(() => expect(attached()).toHaveLength(1));
    expect(screen.getByRole('alert')).toHaveTextContent('Its files can have 8 bytes together.');
  });

  test('a type is judged as a file input judges it', () => {
    const accept = 'image/*, application/pdf,.CSV';
    expect(isAccepted({ name: 'a.png', type: 'image/png' }, accept)).toBe(true);
    expect(isAccepted({ name: 'data.csv', type: '' }, accept)).toBe(true);
    expect(isAccepted({ name: 'a', type: 'application/pdf; charset=x' }, accept)).toBe(true);
    expect(isAccepted({ name: 'csv', type: 'text/html' }, accept)).toBe(false);
    expect(isAccepted({ name: 'anything', type: '' }, '')).toBe(true);
  });
});

describe('what was said before', () => {
  const history = [...exchange('First', 'One.', 'a'), ...exchange('Second', 'Two.', 'b')];

  test('comes back with ArrowUp, and goes with ArrowDown', async () => {
    const { user } = renderWidget(frozenConversation(...history));
    await user.click(textbox());
    await user.keyboard('{ArrowUp}');
    expect(textbox()).toHaveValue('Second');
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(textbox()).toHaveValue('First');
    await user.keyboard('{ArrowDown}');
    expect(textbox()).toHaveValue('Second');
    await user.keyboard('{ArrowDown}');
    expect(textbox()).toHaveValue('');
  });

  test('does not take the place of what one has begun to write', async () => {
    const { user } = renderWidget(frozenConversation(...history));
    await user.type(textbox(), 'Sec{ArrowUp}');
    expect(textbox()).toHaveValue('Sec');
  });

  test('is listed once, however often it was said', () => {
    const { messages } = frozenConversation(
      ...exchange('Hi', '.', 'a'),
      ...exchange('Why?', '.', 'b'),
      ...exchange('Hi', '.', 'c'),
    ).getState();
    expect(recallPrompt(messages, '', -1)).toBe('Hi');
    expect(recallPrompt(messages, 'Hi', -1)).toBe('Why?');
    expect(recallPrompt(messages, 'Why?', -1)).toBe(null);
  });
});

describe('what sends', () => {
  test('with `mod-enter`, Enter breaks the line, and Ctrl+Enter or ⌘+Enter sends', async () => {
    const conversation = frozenConversation();
    const { user } = renderWidget(conversation, { submitMode: 'mod-enter' });
    await user.type(textbox(), 'one{Enter}two');
    expect(textbox()).toHaveValue('one\ntwo');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await user.type(textbox(), 'three{Meta>}{Enter}{/Meta}');
    expect(conversation.commands).toEqual([
      ['send', 'one\ntwo'],
      ['send', 'three'],
    ]);
  });
});

describe('dictating', () => {
  interface Heard {
    onresult: (event: unknown) => void;
    onerror: (event: unknown) => void;
    onend: () => void;
  }
  function hear(): readonly Heard[] {
    const started: Heard[] = [];
    class Recognition {
      onresult = (): void => undefined;
      onerror = (): void => undefined;
      onend = (): void => undefined;
      start(): void {
        started.push(this);
      }
      stop(): void {
        this.onend();
      }
    }
    Object.assign(globalThis, { SpeechRecognition: Recognition });
    return started;
  }
  const forget = (): void => void Reflect.deleteProperty(globalThis, 'SpeechRecognition');

  test('writes what is said behind what was written, until it is stopped', async () => {
    const started = hear();
    const { user } = renderWidget(frozenConversation(), { dictation: true });
    await user.type(textbox(), 'Hello,');
    await user.click(await screen.findByRole('button', { name: 'Dictate' }));
    act(() => started[0]!.onresult({ results: [[{ transcript: 'where is ' }], [{ transcript: 'my order' }]] }));
    expect(textbox()).toHaveValue('Hello, where is my order');
    await user.click(screen.getByRole('button', { name: 'Stop dictating' }));
    expect(screen.getByRole('button', { name: 'Dictate' })).toBeVisible();
    forget();
  });

  test('says so where the microphone is refused', async () => {
    const started = hear();
    const { user } = renderWidget(frozenConversation(), { dictation: true });
    await user.click(await screen.findByRole('button', { name: 'Dictate' }));
    act(() => {
      started[0]!.onerror({ error: 'not-allowed' });
      started[0]!.onend();
    });
    expect(screen.getByText('The microphone may not be used here.')).toBeVisible();
    forget();
  });

  test('is not offered where the browser cannot, nor where the host has not allowed it', async () => {
    renderWidget(frozenConversation(), { dictation: true });
    expect(screen.queryByRole('button', { name: 'Dictate' })).not.toBeInTheDocument();
  });
});
