import type { ComponentType } from 'react';
import type { Part, TextPart } from '../core/message.js';
import { ActionsPlaceholder } from './ActionsPlaceholder.js';
import type { AnswerActionsProps } from './AnswerActions.js';
import type { DayDividerProps } from './DayDivider.js';
import type { ErrorDetailsProps } from './ErrorDetails.js';
import type { HeaderMenuProps } from './HeaderMenu.js';
import { lazyPart } from './lazyPart.js';
import { MenuPlaceholder } from './MenuPlaceholder.js';
import type { MessageEditorProps } from './MessageEditor.js';
import type { OwnActionsProps } from './OwnActions.js';
import { PartPlaceholder } from './PartPlaceholder.js';
import type { PartProps } from './slots.js';
import type { SourceListProps } from './SourceList.js';
import type { SpeechProps } from './Speech.js';
import type { ToolRunProps } from './ToolRun.js';
import { ViewPlaceholder } from './ViewPlaceholder.js';

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

export const LazyAnswerActions = lazyPart<AnswerActionsProps>(
  async () => (await loadLikely()).AnswerActions,
  ActionsPlaceholder,
);

export const LazyOwnActions = lazyPart<OwnActionsProps>(
  async () => (await loadLikely()).OwnActions,
  ActionsPlaceholder,
);

export const LazyMessageEditor = lazyPart<MessageEditorProps>(
  async () => (await import('./MessageEditor.js')).MessageEditor,
);

export const LazyDayDivider = lazyPart<DayDividerProps>(async () => (await loadLikely()).DayDivider, PartPlaceholder);

export const LazyToolRun = lazyPart<ToolRunProps>(async () => (await loadLikely()).ToolRun, PartPlaceholder);

export const LazySourceList = lazyPart<SourceListProps>(async () => (await loadLikely()).SourceList);

export const LazyProgressHint = lazyPart<object>(async () => (await loadLikely()).ProgressHint);

export const LazyMemoryNotice = lazyPart<object>(async () => (await import('./MemoryNotice.js')).MemoryNotice);

export const LazyConversationList = lazyPart<object>(
  async () => (await import('./ConversationList.js')).ConversationList,
  ViewPlaceholder,
);

export const LazySearchBar = lazyPart<object>(async () => (await import('./SearchBar.js')).SearchBar, ViewPlaceholder);

export const LazyComposerTray = lazyPart<object>(async () => (await loadLikely()).ComposerTray);

export const LazyAttachButton = lazyPart<object>(async () => (await loadLikely()).AttachButton);

export const LazyDictateButton = lazyPart<object>(async () => (await import('./DictateButton.js')).DictateButton);

export const LazyHeaderMenu = lazyPart<HeaderMenuProps>(async () => (await loadLikely()).HeaderMenu, MenuPlaceholder);

export const LazyTeaser = lazyPart<object>(async () => (await import('./Teaser.js')).Teaser);

export const LazyUsageLine = lazyPart<object>(async () => (await import('./UsageLine.js')).UsageLine);

export const LazyRetryCountdown = lazyPart<object>(async () => (await import('./RetryCountdown.js')).RetryCountdown);

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
