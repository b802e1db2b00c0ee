import { useConversationSelector } from '../../react/useConversationSelector.js';
import { useWidget } from '../WidgetContext.js';

/** What the agent is called here: its card's name, the widget's `title`, or the label. */
export function useAgentName(): string {
  const { title, labels } = useWidget();
  return useConversationSelector((state) => state.agent?.displayName) ?? title ?? labels.agent;
}
