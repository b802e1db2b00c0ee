/** The page of a visitor in a real browser. What it is told stands in its address, so that it is still told after a reload. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AgentChatWidget } from '../../../src/components/AgentChatWidget.js';
import type { Conversation } from '../../../src/core/conversation.js';
import { createConversation } from '../../../src/core/createConversation.js';
import css from '../../../src/styles.css?inline';
import { wires } from './wire.js';

export interface PageOptions {
  readonly wire: string;
  /** Where the proxy is. */
  readonly url: string;
  /** Limits that a test may shorten; without it those that are shipped. */
  readonly silenceMs?: number | undefined;
  /** Signs the visitor in: with the first token, after a 401 with the second. */
  readonly tokens?: readonly [string, string];
}

declare global {
  interface Window {
    readonly conversation: Conversation;
  }
}

const { wire, url, silenceMs, tokens } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as PageOptions;
const conversation = createConversation({
  agentKey: 'support',
  transport: wires
    .find(({ name }) => name === wire)!
    .createTransport({
      url,
      silenceMs,
      ...(tokens ? { getToken: ({ refresh }: { refresh: boolean }) => tokens[refresh ? 1 : 0] } : {}),
    }),
});
Object.assign(window, { conversation });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets.push(sheet);
createRoot(document.body.appendChild(document.createElement('div'))).render(
  <StrictMode>
    <AgentChatWidget conversation={conversation} mode="fullscreen" />
  </StrictMode>,
);
