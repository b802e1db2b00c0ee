import type { MessageInput } from '../core/conversation.js';
import type { ConversationState } from '../core/conversationState.js';
import type { ClientTool } from '../core/tools/clientTool.js';
import type { Identity } from '../core/transport.js';
import { draftOf } from '../react/createDraft.js';
import { createAgentChatElement, type AgentChatElement } from './AgentChatElement.js';
import { ATTRIBUTES, type EmbedOptions } from './embedOptions.js';
import type { EmbedEvents, Given } from './mountAgentChat.js';

type Listener<Name extends keyof EmbedEvents = keyof EmbedEvents> = (detail: EmbedEvents[Name]) => void;

/** What `AgentChat('…')` understands. */
export interface AgentChatCommands {
  /** Puts a chat into the page; replaces the one that is there. `into` is where: an element or a selector. Default: the end of the body. */
  boot(options: EmbedOptions, into?: Element | string): void;
  /** Takes the chat out of the page. Listeners, tools and who the visitor is stay, for the next `boot`. */
  shutdown(): void;
  open(): void;
  close(): void;
  toggle(): void;
  /** Sends a message as the visitor. @returns its id. */
  send(input: MessageInput): string | undefined;
  /** Changes how the chat looks. Another `url` or `agent` is another chat. */
  update(options: Partial<EmbedOptions>): void;
  /** Writes into the composer what the visitor may send or change. */
  prefill(text: string): void;
  newConversation(): void;
  /** Says who the visitor is. Somebody else's conversations are removed first. May come before `boot`. Unverified unless your proxy verifies it. */
  identify(identity: Identity): void;
  /** Removes what this visitor said, and begins anew as nobody. Resolves once it is gone. */
  logout(): Promise<void>;
  /** Lets the agent call a function of the page, by the name that the agent knows it by. May come before `boot`. */
  registerTool(name: string, tool: ClientTool): void;
  /** What there is to know about the chat now; `undefined` where there is none. */
  getState(): (ConversationState & { readonly isOpen: boolean }) | undefined;
  /** Listens to an event; its detail is in `EmbedEvents`. */
  on<Name extends keyof EmbedEvents>(name: Name, listener: Listener<Name>): void;
  off<Name extends keyof EmbedEvents>(name: Name, listener: Listener<Name>): void;
}

/** `AgentChat('open')`, `AgentChat('send', 'Hello')` and so on. */
export interface AgentChatCommand {
  <Name extends keyof AgentChatCommands>(
    name: Name,
    ...parameters: Parameters<AgentChatCommands[Name]>
  ): ReturnType<AgentChatCommands[Name]>;
}

/** One chat per page, driven by name, so that calls can be queued before the script has loaded. */
export function createAgentChatCommand(page: Document): AgentChatCommand {
  let element: AgentChatElement | null = null;
  // A page that replaces its content gets the chat back as a new one, which must not have forgotten these.
  let given: Given = {};
  const listeners = new Map<keyof EmbedEvents, Set<Listener>>();

  function hear(event: Event): void {
    const name = event.type.slice('agent-chat:'.length) as keyof EmbedEvents;
    listeners.get(name)?.forEach((listener) => listener((event as CustomEvent<EmbedEvents[typeof name]>).detail));
  }

  const commands: AgentChatCommands = {
    boot(options, into) {
      commands.shutdown();
      element = createAgentChatElement(options);
      element.given = given;
      for (const name of EVENTS) element.addEventListener(`agent-chat:${name}`, hear);
      // A page that replaces its content took the chat along without meaning it. One that does so again means it.
      element.addEventListener('agent-chat:removed', ({ target }) => queueMicrotask(() => bringBack(target, into)), {
        once: true,
      });
      placeFor(page, into).append(element);
    },
    shutdown() {
      const booted = element;
      element = null;
      booted?.remove();
    },
    open: () => chat('open')?.setOpen(true),
    close: () => chat('close')?.setOpen(false),
    toggle() {
      const mounted = chat('toggle');
      mounted?.setOpen(!mounted.isOpen());
    },
    send: (input) => chat('send')?.conversation.send(input),
    update(options) {
      for (const name of ATTRIBUTES) {
        const value = options[name];
        if (value !== undefined) element?.setAttribute(name, String(value));
      }
    },
    prefill(text) {
      const mounted = chat('prefill');
      if (mounted) draftOf(mounted.conversation).setText(text);
    },
    newConversation: () => chat('newConversation')?.conversation.reset(),
    identify: (identity) => give({ identity }),
    async logout() {
      const conversation = chat('logout')?.conversation;
      if (!conversation) return give({ identity: undefined });
      const kept = await conversation.list();
      conversation.reset();
      draftOf(conversation).setText('');
      await Promise.all(kept.map(({ id }) => conversation.remove(id)));
      give({ identity: undefined });
    },
    registerTool(name, tool) {
      give({ tools: { ...given.tools, [name]: tool } });
    },
    getState() {
      const mounted = chat('getState');
      return mounted ? { ...mounted.conversation.getState(), isOpen: mounted.isOpen() } : undefined;
    },
    on(name, listener) {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener as Listener));
    },
    off(name, listener) {
      listeners.get(name)?.delete(listener as Listener);
    },
  };

  function give(more: Given): void {
    given = { ...given, ...more };
    if (element) element.given = given;
    element?.chat?.conversation.update(more);
  }

  function bringBack(removed: EventTarget | null, into: Element | string | undefined): void {
    if (!element || element !== removed || element.isConnected) return;
    const place = typeof into === 'string' ? page.querySelector(into) : into;
    (place?.isConnected ? place : page.body).append(element);
  }

  function chat(command: string): AgentChatElement['chat'] {
    if (!element?.chat) {
      console.warn(
        `agent-chat-widget: AgentChat('${command}') was called while no chat is in the page, so it did nothing. Call AgentChat('boot', { url, agent }) first.`,
      );
    }
    return element?.chat ?? null;
  }

  return (name, ...parameters) => {
    const command = Object.hasOwn(commands, name) ? (commands[name] as (...all: unknown[]) => never) : null;
    if (command) return command(...parameters);
    throw new Error(
      `agent-chat-widget: AgentChat has no command '${String(name)}', so nothing happened. It has: ${Object.keys(commands).join(', ')}.`,
    );
  };
}

const EVENTS: readonly (keyof EmbedEvents)[] = ['ready', 'open', 'close', 'message:sent', 'message:received', 'error'];

function placeFor(page: Document, into: Element | string | undefined): Element {
  if (into === undefined) return page.body;
  if (typeof into !== 'string') return into;
  const place = page.querySelector(into);
  if (place) return place;
  throw new Error(
    `agent-chat-widget: nothing in the page matches "${into}", so the chat has no place to go. Check the selector, or run the script after that element.`,
  );
}
