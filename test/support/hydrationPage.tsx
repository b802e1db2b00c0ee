// One page for both sides: a server without a document renders it, a browser hydrates what the server sent.
import { StrictMode, type ReactElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { AgentChatWidget } from '../../src/index.js';
import { Markdown } from '../../src/markdown/Markdown.js';
import { math } from '../../src/math.js';

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

/** With styles, attributes and texts; a root without an index is an element that HTML does not have. */
function Formulas(): ReactElement {
  return (
    <Markdown text={'So $\\boxed{\\sqrt{x}}$ is\n\n$$\n\\frac{1}{2} \\text{ or } \\color{red}y\n$$\n'} math={math} />
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

/** For the server's side. */
export function renderFormulas(): Rendering {
  const complaints = listen();
  return { html: renderToString(<Formulas />), complaints };
}

/** Takes formulas over, and tells what they are once they are drawn. */
export async function hydrateFormulas(html: string): Promise<Rendering & { readonly heights: readonly number[] }> {
  const complaints = listen();
  const container = document.createElement('div');
  container.innerHTML = html;
  document.body.append(container);
  hydrateRoot(container, <Formulas />, { onRecoverableError: (error) => complaints.push(String(error)) });
  const drawn = (): MathMLElement[] => [...container.querySelectorAll('math')];
  while (drawn().length < 2) await new Promise(requestAnimationFrame);
  const strangers = drawn()
    .flatMap((formula) => [formula, ...formula.querySelectorAll('*')])
    .filter((element) => element.namespaceURI !== 'http://www.w3.org/1998/Math/MathML');
  complaints.push(...strangers.map((element) => `<${element.tagName}> is no MathML.`));
  const heights = drawn().map((formula) => formula.getBoundingClientRect().height);
  return { html: container.innerHTML, complaints, heights };
}

function listen(): string[] {
  const complaints: string[] = [];
  for (const level of ['error', 'warn'] as const)
    console[level] = (...words: unknown[]) => void complaints.push(words.map(String).join(' '));
  return complaints;
}
