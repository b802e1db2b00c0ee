import { createContext, useContext, type RefObject } from 'react';
import type { AskedLink } from '../markdown/MarkdownOptions.js';
import type { MathSupport } from '../markdown/MathSupport.js';
import type { UrlPolicy } from '../markdown/safeUrl.js';
import type { AgentMessage } from '../core/message.js';
import type { AttachmentLimits } from '../react/attachment.js';
import type { AnnounceMode } from './announcer/sentenceQueue.js';
import type { Labels } from './language/labels.js';
import type { DataRenderers, Slots } from './slots.js';
import type { Source } from './parts/readSources.js';

/** How the widget sits on the page: floating over it, filling an element of the page, along its side, or all of it. */
export type WidgetMode = 'bubble' | 'inline' | 'sidebar' | 'fullscreen';

/** What the panel shows: the conversation, the conversation with a bar to search it, or the list of the visitor's conversations. */
export type WidgetView = 'chat' | 'search' | 'conversations';

/** Light, dark, or as the page and the visitor's system have it. */
export type WidgetTheme = 'light' | 'dark' | 'system';

/** What sends a message: Enter, or only Ctrl+Enter (⌘+Enter on a Mac), where Enter breaks the line. */
export type SubmitMode = 'enter' | 'mod-enter';

/** What the pieces of one widget share. Changes when the panel opens or closes, never with a token. */
export interface WidgetContextValue {
  readonly mode: WidgetMode;
  readonly isOpen: boolean;
  /** Has been open before: from then on the panel stays in the document, so that it keeps its place when closed. */
  readonly wasOpened: boolean;
  /** Covers the whole page and keeps the focus: an open bubble on a phone. Every other mode is a region of the page, which the focus may leave. */
  readonly isModal: boolean;
  readonly setOpen: (isOpen: boolean) => void;
  readonly view: WidgetView;
  /** Leads to another view of the panel. The focus goes along: each view takes it, and `chat` gives it back to the composer. */
  readonly setView: (view: WidgetView) => void;
  /** The language of the labels as a BCP 47 tag, for `Intl`. English unless the widget has a `locale`. */
  readonly language: string;
  readonly labels: Labels;
  readonly slots: Partial<Slots>;
  readonly title: string | undefined;
  readonly greeting: string | undefined;
  readonly suggestions: readonly string[] | undefined;
  readonly announce: AnnounceMode;
  /** What links and images of the agent's text may point to. */
  readonly policy: UrlPolicy;
  /** Shows formulas in it. */
  readonly math: MathSupport | undefined;
  /** Opens a link of the agent's text in a new tab, after asking the visitor. */
  readonly askLink: (link: AskedLink) => void;
  /** The address of the agent's picture. */
  readonly avatar: string | undefined;
  readonly submitMode: SubmitMode;
  /** What may be attached; `null` where nothing may. */
  readonly attachments: AttachmentLimits | null;
  readonly dictation: boolean;
  readonly followUps: ((message: AgentMessage) => readonly string[]) | undefined;
  /** What an answer is based on, where the host says so. */
  readonly sources: ((message: AgentMessage) => readonly Source[]) | undefined;
  readonly dataRenderers: DataRenderers | undefined;
  readonly toolTitles: Readonly<Record<string, string>> | undefined;
  readonly teaser: string | undefined;
  readonly canResize: boolean;
  /** Whether the visitor has made the panel larger. */
  readonly isEnlarged: boolean;
  readonly setEnlarged: (isEnlarged: boolean) => void;
  readonly hasMenu: boolean;
  readonly showUsage: boolean;
  /** The theme that is used: the host's, or where it leaves the choice, the visitor's. */
  readonly theme: WidgetTheme;
  /** Lets the visitor choose; absent where the host has chosen. */
  readonly setTheme: ((theme: WidgetTheme) => void) | undefined;
  readonly panelId: string;
  readonly launcherRef: RefObject<HTMLButtonElement | null>;
  readonly panelRef: RefObject<HTMLElement | null>;
  readonly transcriptRef: RefObject<HTMLDivElement | null>;
  readonly composerRef: RefObject<HTMLTextAreaElement | null>;
}

/** Provided by `Chat.Root`. */
export const WidgetContext = createContext<WidgetContextValue | null>(null);

/**
 * What the pieces of one widget share.
 *
 * @throws Error outside of `Chat.Root`.
 */
export function useWidget(): WidgetContextValue {
  const widget = useContext(WidgetContext);
  if (!widget) {
    throw new Error(
      'A Chat part was rendered outside of Chat.Root. It finds its labels, slots and open state there. Wrap it: <Chat.Root>…</Chat.Root>.',
    );
  }
  return widget;
}
