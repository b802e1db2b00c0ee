/** The page of a visitor in a real browser. What it is told stands in its address, so that it is still told after a reload. */
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { AgentChatWidget } from '../../../src/components/AgentChatWidget.js';
import type { Conversation } from '../../../src/core/conversation.js';
import { createConversation } from '../../../src/core/createConversation.js';
import { defineTool } from '../../../src/core/tools/clientTool.js';
import css from '../../../src/styles.css?inline';
import { wires } from './wire.js';

export interface PageOptions {
  readonly wire: string;
  /** Where the proxy is. */
  readonly url: string;
  /** Limits that a test may shorten; without it those that are shipped. */
  readonly silenceMs?: number | undefined;
  /** In the place of chance, which says how long it waits before it tries again: 0 ≤ n < 1. */
  readonly chance?: number | undefined;
  /** Signs the visitor in: with the first token, after a 401 with the second. */
  readonly tokens?: readonly [string, string];
  /** Where conversations are kept; without it, nowhere. */
  readonly storage?: 'local' | 'session';
  /** Which conversation is kept. Default: the newest that was. */
  readonly id?: string;
  /** Who is there at first: `signIn` lets somebody else come. */
  readonly identity?: string;
}

declare global {
  interface Window {
    /** The one that is not kept. */
    readonly conversation: Conversation;
    /** Tools that the agent has started in this tab, since the session began. */
    ran(): number;
    finishTool(): void;
    signIn(identity: string | null): void;
    /** Takes the widget out of the page; `signIn` brings it back. */
    unmount(): void;
  }
}

const { wire, url, silenceMs, chance, tokens, storage, id, identity } = JSON.parse(
  decodeURIComponent(location.hash.slice(1)),
) as PageOptions;
const transport = wires
  .find(({ name }) => name === wire)!
  .createTransport({
    url,
    silenceMs,
    ...(tokens ? { getToken: ({ refresh }: { refresh: boolean }) => tokens[refresh ? 1 : 0] } : {}),
  });

/** A tool that takes as long as the test wants, and remembers across reloads how often it was run. */
const openCart = defineTool({
  title: 'Open the cart',
  needsApproval: false,
  execute: () => {
    sessionStorage.setItem('ran', String(window.ran() + 1));
    return new Promise((resolve) => (window.finishTool = () => resolve({ items: 3 })));
  },
});
const random = chance === undefined ? undefined : () => chance;
const conversation = createConversation({ agentKey: 'support', transport, random });
Object.assign(window, { conversation });

function Page({ visitor }: { readonly visitor: string | null }): ReactNode {
  if (!storage) return <AgentChatWidget conversation={conversation} mode="fullscreen" />;
  return (
    <AgentChatWidget
      {...{ url, agent: 'support', transport, storage, id, random }}
      identity={visitor === null ? undefined : { id: visitor }}
      tools={{ open_cart: openCart }}
      mode="fullscreen"
    />
  );
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets.push(sheet);
const root = createRoot(document.body.appendChild(document.createElement('div')));
window.ran = () => Number(sessionStorage.getItem('ran'));
window.signIn = (visitor) =>
  root.render(
    <StrictMode>
      <Page visitor={visitor} />
    </StrictMode>,
  );
window.unmount = () => root.render(null);
window.signIn(identity ?? null);
