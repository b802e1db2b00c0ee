// One page for both sides: a server without a document renders it, a browser hydrates what the server sent.
import { StrictMode, type ReactElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { AgentChatWidget } from '../../src/index.js';

const MODES = ['bubble', 'inline', 'sidebar', 'fullscreen'] as const;

function Page(): ReactElement {
  return (
    <StrictMode>
      {MODES.map((mode) => (
        <AgentChatWidget key={mode} url="/nowhere" agent="support" mode={mode} defaultOpen title="Support" />
      ))}
    </StrictMode>
  );
}

export interface Rendering {
  /** What React said meanwhile. */
  readonly complaints: readonly string[];
  readonly html: string;
}

/** For the server's side. */
export function render(): Rendering {
  const complaints = listen();
  return { html: renderToString(<Page />), complaints };
}

/** For the browser's side: takes the server's HTML over, and tells what it became. */
export async function hydrate(html: string): Promise<Rendering> {
  const complaints = listen();
  const container = document.createElement('div');
  container.innerHTML = html;
  document.body.append(container);
  hydrateRoot(container, <Page />, { onRecoverableError: (error) => complaints.push(String(error)) });
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return { html: container.innerHTML, complaints };
}

function listen(): string[] {
  const complaints: string[] = [];
  for (const level of ['error', 'warn'] as const)
    console[level] = (...words: unknown[]) => void complaints.push(words.map(String).join(' '));
  return complaints;
}
