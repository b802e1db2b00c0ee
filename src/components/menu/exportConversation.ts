import type { ConversationState } from '../../core/conversationState.js';
import { messageText, type Message, type Part } from '../../core/message.js';
import { saveBlob } from '../files/downloadBytes.js';
import { formatDateTime } from '../language/formatTime.js';
import { humanizeToolName } from '../tools/humanizeToolName.js';
import type { Labels } from '../language/labels.js';

export type ExportFormat = 'markdown' | 'json';

export interface ExportContext {
  readonly agentName: string;
  readonly labels: Labels;
  /** BCP 47 tag, for dates. */
  readonly language: string;
}

/** Saves the conversation as a file on the visitor's machine. Nothing leaves the browser. */
export function exportConversation(
  document: Document,
  state: ConversationState,
  format: ExportFormat,
  context: ExportContext,
): void {
  const text = format === 'json' ? toJson(state) : toMarkdown(state, context);
  const day = new Date(state.messages[0]?.createdAt ?? Date.now()).toISOString().slice(0, 10);
  const name = `${context.agentName} ${day}.${format === 'json' ? 'json' : 'md'}`;
  saveBlob(document, new Blob([text], { type: 'application/octet-stream' }), name);
}

/** The conversation for people: who said what and when. Reasoning is left out; files and tools are named. */
export function toMarkdown(state: ConversationState, { agentName, labels, language }: ExportContext): string {
  const messages = state.messages.map((message) => {
    const who = message.role === 'user' ? labels.you : agentName;
    const lines = message.parts.flatMap((part) => sayPart(part, message, labels));
    return `### ${who} · ${formatDateTime(message.createdAt, language)}\n\n${lines.join('\n\n')}`.trimEnd();
  });
  return `# ${agentName}\n\n${messages.join('\n\n')}\n`;
}

function sayPart(part: Part, message: Message, labels: Labels): readonly string[] {
  switch (part.kind) {
    case 'text':
      return [part.text];
    case 'file':
      return [`_${labels.file}: ${part.file.name ?? part.file.uri ?? part.file.mimeType ?? ''}_`];
    case 'tool_call':
      return [`_${part.title ?? (part.toolName === undefined ? labels.tool : humanizeToolName(part.toolName))}_`];
    case 'data':
      return [`\`\`\`json\n${JSON.stringify(part.data, null, 2)}\n\`\`\``];
    case 'error':
      return [`_${labels.agentError}_`];
    case 'reasoning':
      return [];
    case 'unknown':
      return messageText(message) === '' ? [`_${labels.unknownPart}_`] : [];
  }
}

/** The conversation for programs: what is shown, as it is held; of errors what a developer needs, and of files everything but their bytes. */
export function toJson(state: ConversationState): string {
  const { conversationId, taskId, agent, messages } = state;
  return JSON.stringify({ version: 1, conversationId, taskId, agent, messages }, readable, 2);
}

function readable(key: string, value: unknown): unknown {
  if (key === 'bytes') return undefined;
  // What an error says is no property that JSON would look at.
  return value instanceof Error ? { ...value, message: value.message } : value;
}
