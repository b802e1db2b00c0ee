import { AgentConversationProvider } from '../react/AgentConversationProvider.js';
import { Announcer } from './Announcer.js';
import { ChatRoot } from './ChatRoot.js';
import { ChatView } from './ChatView.js';
import { Composer } from './Composer.js';
import { ConnectionNotice } from './ConnectionNotice.js';
import { DataPartView } from './DataPartView.js';
import { EmptyState } from './EmptyState.js';
import { ErrorPartView } from './ErrorPartView.js';
import { FilePartView } from './FilePartView.js';
import { Header } from './Header.js';
import { Launcher } from './Launcher.js';
import { MessageRow } from './MessageRow.js';
import { Notice } from './Notice.js';
import { Panel } from './Panel.js';
import { PartView } from './PartView.js';
import { ReasoningPartView } from './ReasoningPartView.js';
import { ReviewCard } from './ReviewCard.js';
import { Suggestions } from './Suggestions.js';
import { TextPartView } from './TextPartView.js';
import { ToolCallView } from './ToolCallView.js';
import { Transcript } from './Transcript.js';
import { TypingIndicator } from './TypingIndicator.js';
import { UnknownPartView } from './UnknownPartView.js';

/**
 * The pieces that `AgentChatWidget` is made of, for an arrangement of your own.
 *
 * @example
 * <Chat.Provider conversation={conversation}>
 *   <Chat.Root mode="inline">
 *     <Chat.Panel>
 *       <Chat.Transcript />
 *       <Chat.Composer />
 *     </Chat.Panel>
 *     <Chat.Announcer />
 *   </Chat.Root>
 * </Chat.Provider>
 */
export const Chat = {
  Provider: AgentConversationProvider,
  Root: ChatRoot,
  View: ChatView,
  Launcher,
  Panel,
  Header,
  Transcript,
  EmptyState,
  Message: MessageRow,
  Part: PartView,
  Text: TextPartView,
  Reasoning: ReasoningPartView,
  ToolCall: ToolCallView,
  Review: ReviewCard,
  File: FilePartView,
  Data: DataPartView,
  Error: ErrorPartView,
  Unknown: UnknownPartView,
  TypingIndicator,
  Suggestions,
  Notice,
  ConnectionNotice,
  Composer,
  Announcer,
} as const;
