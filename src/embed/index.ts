/**
 * The widget as a custom element, for pages that bundle it themselves. A page without a bundler loads `agent-chat.js` with a script tag.
 *
 * @module
 */
export type { AgentChatElement } from './AgentChatElement.js';
export { defineAgentChat } from './AgentChatElement.js';
export type { AgentChatCommand, AgentChatCommands } from './createAgentChatCommand.js';
export { createAgentChatCommand } from './createAgentChatCommand.js';
export type { EmbedOptions } from './embedOptions.js';
export type { EmbedEvents, MountedAgentChat } from './mountAgentChat.js';
