import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { PICTURE_BYTES } from '../../../stories/support/picture.js';
import { asked } from '../../../stories/support/script.js';
import type { ChatRootProps } from '../../../src/components/ChatRoot.js';
import { kindOfFile } from '../../../src/components/files/fileType.js';
import type { FileContent } from '../../../src/core/message.js';
import { renderWidget, type RenderedWidget } from '../support/renderWidget.js';

const CDN = 'https://cdn.example.com/answers/';
const picture: FileContent = { bytes: PICTURE_BYTES, mimeType: 'image/png', name: 'sun.png' };

let made: Blob[] = [];
let alive = 0;
beforeEach(() => {
  made = [];
  alive = 0;
  URL.createObjectURL = (blob) => {
    alive += 1;
    return `blob:${made.push(blob as Blob)}`;
  };
  URL.revokeObjectURL = () => (alive -= 1);
  // jsdom has no top layer.
  HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
    this.open = true;
    this.querySelector('button')?.focus();
  };
  HTMLDialogElement.prototype.close = function close(this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
});
afterEach(() => vi.restoreAllMocks());

function renderFile(file: FileContent, props: ChatRootProps = {}): RenderedWidget {
  const part = { type: 'part.done', partId: 'f', part: { kind: 'file', file } } as const;
  return renderWidget(frozenConversation(...asked('Hi'), part), props);
}
const card = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-ac="file"]');

describe('pictures', () => {
  test('inline bytes are drawn, described by their name, and given back', () => {
    const { unmount } = renderFile(picture);
    const image = screen.getByRole('button', { name: 'View sun.png' }).querySelector('img')!;
    expect(image).toHaveAttribute('alt', 'sun.png');
    expect(image.src).toMatch(/^blob:/);
    expect(made.at(-1)?.type).toBe('image/png');
    expect(card()).toBeNull();
    unmount();
    expect(alive).toBe(0);
  });

  test('where the page forbids such pictures, or it is none, there is a card', () => {
    renderFile(picture);
    fireEvent.error(document.querySelector('.ac-file-picture')!);
    expect(card()).toHaveTextContent('sun.png');
    expect(screen.getByRole('button', { name: 'Download sun.png' })).toBeVisible();
  });

  test('bytes that are no base64 are a card', () => {
    renderFile({ ...picture, bytes: '%%%' });
    expect(card()).toBeVisible();
  });

  test('one from elsewhere is not fetched before the visitor asks for it', async () => {
    const { user } = renderFile({ uri: `${CDN}a.png`, mimeType: 'image/png', name: 'a.png' });
    expect(document.querySelector('img')).toBeNull();
    expect(card()).toHaveTextContent('cdn.example.com');
    await user.click(screen.getByRole('button', { name: 'Load image' }));
    const button = screen.getByRole('button', { name: 'View a.png' });
    expect(button).toHaveFocus();
    expect(button.querySelector('img')).toHaveAttribute('src', `${CDN}a.png`);
  });

  test('one from a place that the host allows is, and tells nobody where it was seen', () => {
    renderFile({ uri: `${CDN}a.png`, mimeType: 'image/png' }, { images: { allow: [CDN] } });
    const image = document.querySelector<HTMLImageElement>('.ac-file-picture')!;
    expect(image.src).toBe(`${CDN}a.png`);
    expect(image).toHaveAttribute('referrerpolicy', 'no-referrer');
  });

  test.each([
    `${CDN}a.png?said=hello`,
    'https://cdn.example.com.evil.example/a.png',
    'http://cdn.example.com/answers/a.png',
  ])('%s is somewhere else', (uri) => {
    renderFile({ uri, mimeType: 'image/png' }, { images: { allow: [CDN] } });
    expect(document.querySelector('img')).toBeNull();
  });

  test('pressed it opens large; closed, the focus is back', async () => {
    const { user } = renderFile(picture);
    await user.click(screen.getByRole('button', { name: 'View sun.png' }));
    const lightbox = screen.getByRole('dialog', { name: 'sun.png' });
    expect(within(lightbox).getByRole('img', { name: 'sun.png' })).toBeVisible();
    expect(within(lightbox).getByRole('button', { name: 'Download sun.png' })).toBeVisible();
    fireEvent.keyDown(lightbox, { key: 'Escape' });
    expect(screen.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await user.click(within(lightbox).getByRole('button', { name: 'Close image' }));
    expect(screen.queryByRole('dialog', { name: 'sun.png' })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'View sun.png' })).toHaveFocus();
  });
});

describe('sounds and films', () => {
  test.each(['audio', 'video'] as const)('%s plays in place, above its name and a download', (kind) => {
    renderFile({ bytes: btoa('x'), mimeType: `${kind}/mp4`, name: 'a.mp4' });
    const player = document.querySelector<HTMLMediaElement>(kind)!;
    expect(player).toHaveAttribute('controls');
    expect(player).toHaveAttribute('aria-label', 'a.mp4');
    expect(player.src).toMatch(/^blob:/);
    expect(screen.getByRole('button', { name: 'Download a.mp4' })).toBeVisible();
    fireEvent.error(player);
    expect(document.querySelector(kind)).toBeNull();
    expect(card()).toHaveTextContent('a.mp4');
  });

  test('from elsewhere only where the host allows it, and not before it is started', () => {
    const file = { uri: `${CDN}a.mp3`, mimeType: 'audio/mpeg' };
    const { unmount } = renderFile(file);
    expect(document.querySelector('audio')).toBeNull();
    unmount();
    renderFile(file, { images: { allow: [CDN] } });
    expect(document.querySelector('audio')).toHaveAttribute('preload', 'none');
  });
});

test.each<[FileContent, string]>([
  [picture, 'image'],
  [{ bytes: '', name: 'photo.JPG' }, 'image'],
  [{ uri: 'https://x.example/a.webp?b.svg' }, 'image'],
  [{ bytes: '', mimeType: 'image/svg+xml', name: 'a.png' }, 'other'],
  [{ bytes: '', mimeType: 'text/html', name: 'a.png' }, 'other'],
  [{ bytes: '', mimeType: 'application/pdf' }, 'other'],
  [{ bytes: '', mimeType: 'audio/mpeg' }, 'audio'],
  [{ bytes: '', mimeType: 'video/mp4;codecs="avc1"' }, 'other'],
  [{ bytes: '', name: 'a.constructor' }, 'other'],
  [{ size: 9, mimeType: 'image/png' }, 'other'],
])('%j is drawn as %s', (file, kind) => {
  expect(kindOfFile(file)).toBe(kind);
});
