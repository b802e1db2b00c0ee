import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import type { MathSupport } from '../markdown/MathSupport.js';
import type { ImagePolicy, LinkPolicy } from '../markdown/safeUrl.js';
import type { AgentMessage } from '../core/message.js';
import type { AttachmentLimits } from '../react/attachment.js';
import { hasFocusWithin } from './controls/focus.js';
import type { LabelOverrides } from './language/labels.js';
import type { Locale } from './language/locale.js';
import { PartBoundary } from './controls/lazyPart.js';
import { mergeLabels } from './language/mergeLabels.js';
import type { AnnounceMode } from './announcer/sentenceQueue.js';
import type { DataRenderers, Slots } from './slots.js';
import type { Source } from './parts/readSources.js';
import { useCommitEffect } from './controls/useCommitEffect.js';
import { useLinkCard } from './links/useLinkCard.js';
import { useMediaQuery } from './shell/useMediaQuery.js';
import { useShallowStable } from './controls/useShallowStable.js';
import { useTheme } from './shell/useTheme.js';
import { WidgetContext, type SubmitMode, type WidgetMode, type WidgetTheme, type WidgetView } from './WidgetContext.js';

/** Below this width the panel covers the whole screen. The stylesheets say the same. */
const PHONE = '(max-width: 479.98px)';
const NO_SLOTS: Partial<Slots> = {};
const NO_LIMITS: AttachmentLimits = {};

/** Groups the parts of one widget and holds what they share. Renders a `<div>`; the conversation comes from `AgentConversationProvider`. */
export function ChatRoot({
  mode = 'bubble',
  open,
  defaultOpen = mode === 'sidebar',
  onOpenChange,
  theme: givenTheme = 'system',
  density = 'comfortable',
  locale: givenLocale,
  dir,
  labels: givenLabels,
  slots: givenSlots = NO_SLOTS,
  suggestions: givenSuggestions,
  title,
  greeting,
  announce = 'sentences',
  links: givenLinks,
  images: givenImages,
  avatar,
  submitMode = 'enter',
  attachments: givenAttachments = true,
  dictation = false,
  followUps,
  teaser,
  resizable: canResize = true,
  menu: hasMenu = true,
  showUsage = false,
  dataRenderers: givenRenderers,
  toolTitles: givenTitles,
  sources,
  math,
  className,
  children,
}: ChatRootProps): ReactNode {
  const locale = useShallowStable(givenLocale);
  const labels = useShallowStable(givenLabels);
  const slots = useShallowStable(givenSlots);
  const suggestions = useShallowStable(givenSuggestions);
  const links = useShallowStable(givenLinks);
  const images = useShallowStable(givenImages);
  const { card, askLink } = useLinkCard();
  const dataRenderers = useShallowStable(givenRenderers);
  const toolTitles = useShallowStable(givenTitles);
  const limits = useShallowStable(givenAttachments === true ? NO_LIMITS : givenAttachments || undefined);
  const { theme, setTheme } = useTheme(givenTheme);
  const [ownOpen, setOwnOpen] = useState(defaultOpen);
  const isOpen = mode === 'inline' || mode === 'fullscreen' || (open ?? ownOpen);
  const [wasOpened, setWasOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setWasOpened(true);
  const [view, setView] = useState<WidgetView>('chat');
  const isModal = useMediaQuery(PHONE) && mode === 'bubble' && isOpen;
  const panelId = useId();
  const launcherRef = useRef<HTMLButtonElement>(null);
  const panelRef = useRef<HTMLElement>(null);
  const transcriptRef = useRef<HTMLDivElement>(null);
  const composerRef = useRef<HTMLTextAreaElement>(null);
  const latest = useRef({ onOpenChange, followUps, sources });
  useEffect(() => {
    latest.current = { onOpenChange, followUps, sources };
  });
  const [isEnlarged, setEnlarged] = useState(false);
  const hasFollowUps = followUps !== undefined;
  const hasSources = sources !== undefined;
  const options = useShallowStable({
    ...{ mode, slots, title, greeting, suggestions, announce, avatar, submitMode, dictation, teaser, canResize },
    ...{ dataRenderers, toolTitles },
    ...{ hasMenu, showUsage, math, theme, setTheme, isEnlarged, isOpen, wasOpened, isModal, panelId },
    attachments: limits ?? null,
  });
  const widget = useMemo(
    () => ({
      ...options,
      setOpen: (next: boolean) => {
        setOwnOpen(next);
        latest.current.onOpenChange?.(next);
      },
      view,
      setView,
      language: locale?.lang ?? 'en',
      labels: mergeLabels(locale?.labels, labels),
      setEnlarged,
      followUps: hasFollowUps ? (message: AgentMessage) => latest.current.followUps?.(message) ?? [] : undefined,
      sources: hasSources ? (message: AgentMessage) => latest.current.sources?.(message) ?? [] : undefined,
      policy: { ...(links && { links }), ...(images && { images }) },
      askLink,
      launcherRef,
      panelRef,
      transcriptRef,
      composerRef,
    }),
    [options, view, locale, labels, hasFollowUps, hasSources, links, images, askLink],
  );

  // What was focused moves with the panel, but a widget that is open from the start does not take the focus from the page.
  // Before the browser paints: what is focused in an element that is hidden by then has lost the focus already.
  const wasOpen = useRef(isOpen);
  useCommitEffect(() => {
    if (wasOpen.current === isOpen) return;
    wasOpen.current = isOpen;
    // Not before all of it is drawn: preact tells the panel that it is open only after this, and what is hidden takes no focus.
    queueMicrotask(() => {
      const panel = panelRef.current;
      if (isOpen) (composerRef.current ?? panel)?.focus();
      else if (panel && hasFocusWithin(panel)) launcherRef.current?.focus();
    });
  }, [isOpen]);

  return (
    <WidgetContext.Provider value={widget}>
      <div
        className={className === undefined ? 'ac-root' : `ac-root ${className}`}
        data-ac="root"
        data-mode={mode}
        data-state={isOpen ? 'open' : 'closed'}
        data-theme={theme}
        data-density={density}
        data-size={isEnlarged ? 'large' : undefined}
        lang={locale?.lang}
        dir={dir ?? locale?.dir}
      >
        {/* What one of its parts throws must not take the host's page with it. */}
        <PartBoundary fallback={null}>
          {children}
          {card}
        </PartBoundary>
      </div>
    </WidgetContext.Provider>
  );
}

/** Props of `Chat.Root`, which `AgentChatWidget` has as well: how the widget looks, what it says and what it offers. None is needed. */
export interface ChatRootProps {
  /** @default 'bubble' */
  readonly mode?: WidgetMode | undefined;
  /** Whether the panel is open, where the host decides. Leave it out to let the widget decide. Bubble and sidebar only. */
  readonly open?: boolean | undefined;
  /** Whether the panel is open at first. @default true for a sidebar, else false */
  readonly defaultOpen?: boolean | undefined;
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined;
  /** `system` (default) follows the page, and lets visitors choose in the menu. */
  readonly theme?: WidgetTheme | undefined;
  /** @default 'comfortable' */
  readonly density?: 'comfortable' | 'compact' | undefined;
  /** The language: an import of `agent-chat-widget/locales/*`, or one of your own. Default: English words on a page of whatever language. */
  readonly locale?: Locale | undefined;
  /** Direction of the text. Default: the locale's, without one the page's. */
  readonly dir?: 'ltr' | 'rtl' | undefined;
  /** Replaces single strings of the language. */
  readonly labels?: LabelOverrides | undefined;
  /** Replaces (a component) or leaves out (`null`) single parts. */
  readonly slots?: Partial<Slots> | undefined;
  /** Offered while nothing has been said. Default: those of the agent's card. */
  readonly suggestions?: readonly string[] | undefined;
  /** Names the agent until its card has been loaded, or for good where the backend has none. */
  readonly title?: string | undefined;
  /** The first words on an empty transcript. */
  readonly greeting?: string | undefined;
  /** What screen readers hear of an answer: each sentence, or the whole once it is done. @default 'sentences' */
  readonly announce?: AnnounceMode | undefined;
  /**
   * Which links of the agent open at once. The others show their address first, once per site: `{ allow: ['https://docs.example.com'] }`; `{ allow: ['*'] }` asks
   * about none. @default { allow: [] }
   */
  readonly links?: LinkPolicy | undefined;
  /** Which images of the agent are loaded at once. The others are named, with a button that loads them. @default { allow: [] } */
  readonly images?: ImagePolicy | undefined;
  /** The address of the agent's picture. Default: the first letter of its name. */
  readonly avatar?: string | undefined;
  /** What sends a message: Enter (default; Shift+Enter breaks the line), or Ctrl+Enter and ⌘+Enter. */
  readonly submitMode?: SubmitMode | undefined;
  /** Whether visitors may attach files, and what kind of: by the button, by pasting and by dropping. The proxy has its own say. @default true */
  readonly attachments?: boolean | AttachmentLimits | undefined;
  /** Offers to dictate where the browser can. Most browsers send what is said to a service of their maker's, so it is yours to allow. @default false */
  readonly dictation?: boolean | undefined;
  /** What one could say next; asked once an answer is complete. */
  readonly followUps?: ((message: AgentMessage) => readonly string[]) | undefined;
  /** A line beside the closed launcher that invites to talk. The visitor can send it away. Bubble only. */
  readonly teaser?: string | undefined;
  /** Whether visitors may change the panel's size. Bubble and sidebar only. @default true */
  readonly resizable?: boolean | undefined;
  /** Whether the header has a menu. @default true */
  readonly menu?: boolean | undefined;
  /** For builders: what the last answer and the conversation took. @default false */
  readonly showUsage?: boolean | undefined;
  /**
   * Draws data parts by their type: `{ chart: ChartCard }`. The type is the part's `metadata.type`, else its `data.type`. What has no renderer, or one that throws, is shown as
   * readable text. What is drawn comes from the agent: treat it like anything a stranger wrote.
   */
  readonly dataRenderers?: DataRenderers | undefined;
  /** What visitors call the tools of the agent, by the name on the wire: `{ find_order: 'Find your order' }`. Default: the name as words. */
  readonly toolTitles?: Readonly<Record<string, string>> | undefined;
  /** What an answer is based on; asked once it is complete. Default: the pages and files that its web and knowledge searches found. */
  readonly sources?: ((message: AgentMessage) => readonly Source[]) | undefined;
  /** Shows formulas in the agent's text: the import of `agent-chat-widget/math`. Default: they are text. */
  readonly math?: MathSupport | undefined;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}
