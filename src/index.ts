'use client';
/**
 * The widget, its pieces, the hooks and the conversation, for React apps. Styles are a file of their own: `agent-chat-widget/styles.css`.
 *
 * @module
 */
export * from './core.js';
export type { AgentChatWidgetProps } from './components/AgentChatWidget.js';
export { AgentChatWidget } from './components/AgentChatWidget.js';
export { Chat } from './components/Chat.js';
export type { ChatRootProps } from './components/ChatRoot.js';
export type { LabelOverrides, Labels } from './components/language/labels.js';
export { ENGLISH } from './components/language/english.js';
export type { Locale } from './components/language/locale.js';
export type { DataRenderers, PartProps, Slots } from './components/slots.js';
export type { Source } from './components/parts/readSources.js';
export type { NoticeTone } from './components/notices/Notice.js';
export type { AnnounceMode } from './components/announcer/sentenceQueue.js';
export type { SubmitMode, WidgetContextValue, WidgetMode, WidgetTheme } from './components/WidgetContext.js';
export type { Attachment, AttachmentLimits, AttachmentRefusal } from './react/attachment.js';
export { useWidget } from './components/WidgetContext.js';
export type { AgentConversationProviderProps } from './react/AgentConversationProvider.js';
export { AgentConversationProvider, useConversation } from './react/AgentConversationProvider.js';
export type { AgentConversation } from './react/useAgentConversation.js';
export { useAgentConversation } from './react/useAgentConversation.js';
export type { Composer } from './react/useComposer.js';
export { useComposer } from './react/useComposer.js';
export type { Conversations } from './react/useConversations.js';
export { useConversations } from './react/useConversations.js';
export { useConversationSelector } from './react/useConversationSelector.js';
export { useMessage } from './react/useMessage.js';
export { useMessageIds } from './react/useMessageIds.js';
export type { AgentConversationOptions } from './react/useOwnConversation.js';
