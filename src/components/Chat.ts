import { AgentConversationProvider } from '../react/AgentConversationProvider.js';
import { Announcer } from './announcer/Announcer.js';
import { ChatRoot } from './ChatRoot.js';
import { ChatView } from './ChatView.js';
import { Composer } from './composer/Composer.js';
import { ConnectionNotice } from './notices/ConnectionNotice.js';
import { DataPartView } from './parts/DataPartView.js';
import { EmptyState } from './transcript/EmptyState.js';
import { ErrorPartView } from './parts/ErrorPartView.js';
import { FilePartView } from './files/FilePartView.js';
import { Header } from './shell/Header.js';
import { Launcher } from './shell/Launcher.js';
import { MessageRow } from './message/MessageRow.js';
import { Notice } from './notices/Notice.js';
import { Panel } from './shell/Panel.js';
import { PartView } from './parts/PartView.js';
import { ReasoningPartView } from './parts/ReasoningPartView.js';
import { ReviewCard } from './tools/ReviewCard.js';
import { Suggestions } from './composer/Suggestions.js';
import { TextPartView } from './parts/TextPartView.js';
import { ToolCallView } from './tools/ToolCallView.js';
import { Transcript } from './transcript/Transcript.js';
import { TypingIndicator } from './transcript/TypingIndicator.js';
import { UnknownPartView } from './parts/UnknownPartView.js';

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
