import manifest from '../package.json' with { type: 'json' };

const { dependencies } = manifest;

const NAMES = {
  ourMarkdown: 'agent-chat-widget',
  ourWidget: 'agent-chat-widget',
  rawLines: 'raw-lines (floor)',
  rawLinesCv: 'raw-lines-cv (floor)',
  streamdown: `streamdown ${dependencies.streamdown}`,
  streamdownPerFrame: 'the same, batched per frame',
  reactMarkdown: `react-markdown ${dependencies['react-markdown']} + gfm`,
  reactMarkdownPerFrame: 'the same, batched per frame',
  useChatStreamdown: `useChat ${dependencies['@ai-sdk/react']} + streamdown`,
  assistantUi: `assistant-ui ${dependencies['@assistant-ui/react']}`,
  deepChat: `deep-chat ${dependencies['deep-chat']}`,
  n8nChat: `n8n chat ${dependencies['@n8n/chat']}`,
} as const;

/** Who can be measured: the files in `subjects`. */
export type SubjectId = keyof typeof NAMES;

/** How a subject is called in tables. */
export function nameOf(subject: string): string {
  return NAMES[subject as SubjectId] ?? subject;
}
