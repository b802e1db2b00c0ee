// Runs in the page: renders on the "server", puts the HTML in place, hydrates it, and tells what React said.
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

export interface HydrationReport {
  readonly complaints: readonly string[];
  readonly before: string;
  readonly after: string;
}

export async function hydrate(version: (html: string) => string = (html) => html): Promise<HydrationReport> {
  const complaints: string[] = [];
  for (const level of ['error', 'warn'] as const)
    console[level] = (...words: unknown[]) => void complaints.push(words.map(String).join(' '));
  const container = document.createElement('div');
  container.innerHTML = version(renderToString(<Page />));
  document.body.append(container);
  const before = container.innerHTML;
  hydrateRoot(container, <Page />, { onRecoverableError: (error) => complaints.push(String(error)) });
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return { complaints, before, after: container.innerHTML };
}
