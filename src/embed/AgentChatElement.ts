import { once } from '../core/once.js';
import css from '../styles.first.css?inline';
import hostCss from './host.css?inline';
import { ATTRIBUTES, readEmbedOptions, type EmbedOptions } from './embedOptions.js';
import { mountAgentChat, type Given, type MountedAgentChat } from './mountAgentChat.js';

/** An `<agent-chat>` element. `chat` is there while the element is in the page and has `url` and `agent`. */
export interface AgentChatElement extends HTMLElement {
  readonly chat: MountedAgentChat | null;
  /** What the next chat that is mounted is given and no attribute can say. */
  given: Given;
}

const NAME = 'agent-chat';

/**
 * Registers `<agent-chat url agent mode theme density title greeting locale dir storage links images open>`; `EmbedOptions` says what each means. Calling it again does nothing.
 * Events are dispatched on the element, as `agent-chat:open` and so on; they bubble, also out of shadow roots around it.
 */
export function defineAgentChat(): void {
  // Within the function, because where there is no DOM there is no HTMLElement to extend.
  class Element extends HTMLElement implements AgentChatElement {
    static readonly observedAttributes: readonly string[] = ATTRIBUTES;
    chat: MountedAgentChat | null = null;
    given: Given = {};

    connectedCallback(): void {
      this.#mount();
    }

    disconnectedCallback(): void {
      this.#unmount();
      this.dispatchEvent(new Event('agent-chat:removed'));
    }

    attributeChangedCallback(name: string, before: string | null, after: string | null): void {
      if (!this.isConnected || before === after) return;
      if (name === 'open') return this.chat?.setOpen(after !== null && after !== 'false');
      const options = readEmbedOptions((attribute) => this.getAttribute(attribute));
      if (this.chat && options && name !== 'url' && name !== 'agent') return this.chat.update(options);
      this.#unmount();
      this.#mount();
    }

    #mount(): void {
      if (this.chat) return;
      const options = readEmbedOptions((attribute) => this.getAttribute(attribute));
      if (!options) {
        console.error(
          'agent-chat-widget: <agent-chat> has no `url` or no `agent`, so there is nobody to talk to and nothing is shown. Set both: <agent-chat url="/api/agent-chat" agent="support">.',
        );
        return;
      }
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = styleSheets();
      // Without it, what opens later is plain, and still works.
      loadLaterSheet().then(
        (sheet) => root.adoptedStyleSheets.push(sheet),
        () => undefined,
      );
      this.chat = mountAgentChat(root, options, this.given, (name, detail) => {
        this.dispatchEvent(new CustomEvent(`agent-chat:${name}`, { detail, bubbles: true, composed: true }));
      });
    }

    #unmount(): void {
      this.chat?.unmount();
      this.chat = null;
    }
  }

  if (!customElements.get(NAME)) customElements.define(NAME, Element);
}

/** Makes an element that is not in the page yet. */
export function createAgentChatElement(options: EmbedOptions): AgentChatElement {
  defineAgentChat();
  const element = document.createElement(NAME) as AgentChatElement;
  for (const name of ATTRIBUTES) {
    const value = options[name];
    if (value !== undefined) element.setAttribute(name, String(value));
  }
  return element;
}

let sheets: CSSStyleSheet[] | null = null;

// Constructed sheets are not subject to style-src, where a <style> element is: this is what makes a strict CSP possible.
function styleSheets(): CSSStyleSheet[] {
  sheets ??= [hostCss, css].map(toSheet);
  return sheets;
}

const loadLaterSheet = once(async () => toSheet((await import('../styles.later.css?inline')).default));

function toSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
