// What a <script> tag runs. Everything that happens at load happens here and nowhere else.
import { defineAgentChat } from './AgentChatElement.js';
import { createAgentChatCommand, type AgentChatCommand } from './createAgentChatCommand.js';
import { readEmbedOptions } from './embedOptions.js';

/** The two-line stub of the README: a function that keeps the calls made before this script has loaded. */
type Stub = ((...call: readonly unknown[]) => void) & { readonly q?: ArrayLike<ArrayLike<unknown>> };

declare global {
  interface Window {
    AgentChat?: AgentChatCommand | Stub;
  }
}

function start(): void {
  const before = window.AgentChat;
  if (before && !('q' in before) && Object.getOwnPropertyDescriptor(window, 'AgentChat')?.writable === false) {
    console.warn('agent-chat-widget: the script is in this page twice. The second one does nothing; remove it.');
    return;
  }
  defineAgentChat();
  const command = createAgentChatCommand(document);
  Object.defineProperty(window, 'AgentChat', { value: command, writable: false, configurable: false });

  const script = document.currentScript;
  // A page can plant an element named `currentScript`; only a real script tag may configure the chat.
  if (script instanceof HTMLScriptElement) {
    const options = readEmbedOptions((name) => script.dataset[name] ?? null);
    const into = script.dataset['into'] ?? (options?.mode === 'inline' ? script.parentElement : null);
    if (options) whenReady(() => command('boot', options, into ?? undefined));
  }
  const calls = before && 'q' in before ? Array.from(before.q ?? [], (call) => Array.from(call)) : [];
  const call = command as (...call: readonly unknown[]) => unknown;
  whenReady(() => calls.forEach((parameters) => call(...parameters)));
}

function whenReady(callback: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', callback, { once: true });
  else callback();
}

start();
