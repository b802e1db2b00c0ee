import type { ComponentType } from 'react';
import type { Part, TextPart } from '../core/message.js';
import type { AnswerActionsProps } from './message/AnswerActions.js';
import type { DayDividerProps } from './transcript/DayDivider.js';
import type { ErrorDetailsProps } from './notices/ErrorDetails.js';
import type { HeaderMenuProps } from './menu/HeaderMenu.js';
import { lazyPart } from './controls/lazyPart.js';
import { MenuPlaceholder } from './menu/MenuPlaceholder.js';
import type { MessageEditorProps } from './message/MessageEditor.js';
import type { OwnActionsProps } from './message/OwnActions.js';
import { PartPlaceholder } from './parts/PartPlaceholder.js';
import type { PartProps } from './slots.js';
import type { SourceListProps } from './parts/SourceList.js';
import type { SpeechProps } from './announcer/Speech.js';
import type { ToolRunProps } from './tools/ToolRun.js';
import { ViewPlaceholder } from './conversations/ViewPlaceholder.js';

// One file for all that most conversations come to need: it is fetched faster than a dozen, and a page that loads the widget knows one name instead of a dozen.
const loadLikely = () => import('./likelyParts.js');

/** What a page does not load before somebody needs it. */
export const LazyRichPart = lazyPart<PartProps<Exclude<Part, TextPart>>>(
  async () => (await loadLikely()).RichPartView,
  PartPlaceholder,
);

export const LazyErrorDetails = lazyPart<ErrorDetailsProps>(
  async (): Promise<ComponentType<ErrorDetailsProps>> => (await loadLikely()).ErrorDetails,
);

export const LazyAnswerActions = lazyPart<AnswerActionsProps>(async () => (await loadLikely()).AnswerActions);

export const LazyOwnActions = lazyPart<OwnActionsProps>(async () => (await loadLikely()).OwnActions);

export const LazyMessageEditor = lazyPart<MessageEditorProps>(
  async () => (await import('./message/MessageEditor.js')).MessageEditor,
);

export const LazyDayDivider = lazyPart<DayDividerProps>(async () => (await loadLikely()).DayDivider, PartPlaceholder);

export const LazyToolRun = lazyPart<ToolRunProps>(async () => (await loadLikely()).ToolRun, PartPlaceholder);

export const LazySourceList = lazyPart<SourceListProps>(async () => (await loadLikely()).SourceList);

export const LazyProgressHint = lazyPart<object>(async () => (await loadLikely()).ProgressHint);

export const LazyMemoryNotice = lazyPart<object>(async () => (await import('./notices/MemoryNotice.js')).MemoryNotice);

export const LazyConversationList = lazyPart<object>(
  async () => (await import('./conversations/ConversationList.js')).ConversationList,
  ViewPlaceholder,
);

export const LazySearchBar = lazyPart<object>(
  async () => (await import('./search/SearchBar.js')).SearchBar,
  ViewPlaceholder,
);

export const LazyComposerTray = lazyPart<object>(async () => (await loadLikely()).ComposerTray);

export const LazyAttachButton = lazyPart<object>(async () => (await loadLikely()).AttachButton);

export const LazyDictateButton = lazyPart<object>(
  async () => (await import('./composer/DictateButton.js')).DictateButton,
);

export const LazyHeaderMenu = lazyPart<HeaderMenuProps>(async () => (await loadLikely()).HeaderMenu, MenuPlaceholder);

export const LazyTeaser = lazyPart<object>(async () => (await import('./shell/Teaser.js')).Teaser);

export const LazyUsageLine = lazyPart<object>(async () => (await import('./transcript/UsageLine.js')).UsageLine);

export const LazyRetryCountdown = lazyPart<object>(
  async () => (await import('./notices/RetryCountdown.js')).RetryCountdown,
);

export const LazyResizer = lazyPart<object>(async () => (await loadLikely()).Resizer);

export const LazySpeech = lazyPart<SpeechProps>(async () => (await loadLikely()).Speech);

/** Fetches what answers are likely to need, while nothing else happens: it is there before the first tool call. */
export function loadLikelyParts(): Promise<unknown> {
  const likely = [
    LazyRichPart,
    LazyErrorDetails,
    LazyProgressHint,
    LazyComposerTray,
    LazyAttachButton,
    LazyHeaderMenu,
    LazyAnswerActions,
    LazyOwnActions,
    LazyDayDivider,
    LazyToolRun,
    LazySourceList,
    LazyResizer,
    LazySpeech,
  ];
  return Promise.all(likely.map((part) => part.load()));
}
