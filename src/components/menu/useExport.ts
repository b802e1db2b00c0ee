import { useConversation } from '../../react/AgentConversationProvider.js';
import type { ExportFormat } from './exportConversation.js';
import { useAgentName } from '../shell/useAgentName.js';
import { useWidget } from '../WidgetContext.js';

/** A command that saves the conversation as a file on the visitor's machine. Rejects where its code cannot be loaded. */
export function useExport(): (format: ExportFormat) => Promise<void> {
  const { labels, language } = useWidget();
  const conversation = useConversation();
  const agentName = useAgentName();
  return async (format) => {
    const { exportConversation } = await import('./exportConversation.js');
    exportConversation(document, conversation.getState(), format, { agentName, labels, language });
  };
}
