/**
 * The conversation without React: for other frameworks, for servers and for tests.
 *
 * @module
 */
export type {
  AgentEvent,
  Capabilities,
  PartContent,
  PartDelta,
  PendingToolCall,
  ResponseSnapshot,
} from './core/agentEvent.js';
export type { Clock } from './core/clock.js';
export type { Connectivity } from './core/connectivity.js';
export type {
  Conversation,
  ConversationOptions,
  ConversationUpdate,
  MessageInput,
  OutgoingMessage,
  SendOptions,
} from './core/conversation.js';
export type {
  ConversationStorage,
  ConversationSummary,
  SavedConversation,
  StorageProblem,
} from './core/conversationStorage.js';
export type { LocalEvent } from './core/conversationEvent.js';
export type { ConnectionState, ConversationState, ConversationStatus, Run } from './core/conversationState.js';
export {
  selectIsBusy,
  selectLastAgentMessage,
  selectMessage,
  selectPendingReviews,
  selectPendingToolCalls,
  selectQueue,
  selectUsage,
} from './core/conversationState.js';
export { createConversation } from './core/createConversation.js';
export type { AgentChatErrorCode, AgentChatErrorOptions, AgentChatErrorSource } from './core/errors.js';
export { AgentChatError, isAgentChatError } from './core/errors.js';
export type {
  AgentMessage,
  DataPart,
  Delivery,
  ErrorPart,
  FileContent,
  FilePart,
  FinishReason,
  Message,
  Part,
  PartState,
  ReasoningPart,
  ResponseStatus,
  TextPart,
  ToolCallPart,
  ToolCallState,
  UnknownPart,
  Usage,
  UserMessage,
} from './core/message.js';
export { isToolCall } from './core/isToolCall.js';
export { messageText } from './core/message.js';
export type {
  AgentCard,
  AgentRequest,
  AgentTransport,
  FeedbackRequest,
  FollowRequest,
  Identity,
  InputPart,
  Memory,
  Receipt,
  ReceiptRequest,
  ReviewRequest,
  SendRequest,
  TaskRequest,
  Thread,
  TurnContext,
} from './core/transport.js';
export { createBrowserStorage, type BrowserStorageOptions } from './storage/createBrowserStorage.js';
export { createBrowserTabs, type BrowserTabsOptions } from './storage/createBrowserTabs.js';
export { createMemoryStorage } from './storage/createMemoryStorage.js';
export type { TabChannel, TabMember, Tabs } from './core/tabs/tabs.js';
export type { ClientTool, ClientTools, StandardSchema, ToolContext } from './core/tools/clientTool.js';
export { defineTool } from './core/tools/clientTool.js';
export type { ResponsesTransportOptions } from './transport/createResponsesTransport.js';
export { createResponsesTransport } from './transport/createResponsesTransport.js';
export type { ResponseMode } from './transport/encodeRequest.js';
export type { RequestOptions } from './transport/request.js';
