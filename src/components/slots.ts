import type { ComponentType } from 'react';
import type {
  DataPart,
  ErrorPart,
  FilePart,
  ReasoningPart,
  TextPart,
  ToolCallPart,
  UnknownPart,
} from '../core/message.js';

/** What a component for one part of a message is given. */
export interface PartProps<P> {
  readonly part: P;
  /** Whose message the part belongs to. */
  readonly role: 'user' | 'agent';
}

/** Components for data parts, by the part's type: its `metadata.type`, else its `data.type`. */
export type DataRenderers = Readonly<Record<string, ComponentType<PartProps<DataPart>>>>;

/** The pieces of the widget that can be replaced (a component of the same properties) or left out (`null`). */
export interface Slots {
  readonly Launcher: ComponentType | null;
  readonly Header: ComponentType | null;
  readonly Transcript: ComponentType | null;
  readonly EmptyState: ComponentType | null;
  readonly Message: ComponentType<{ readonly messageId: string }> | null;
  readonly TypingIndicator: ComponentType | null;
  readonly Suggestions: ComponentType | null;
  readonly ConnectionNotice: ComponentType | null;
  readonly Composer: ComponentType | null;
  readonly Text: ComponentType<PartProps<TextPart>> | null;
  readonly Reasoning: ComponentType<PartProps<ReasoningPart>> | null;
  readonly ToolCall: ComponentType<PartProps<ToolCallPart>> | null;
  /** A tool call that waits for the visitor's decision. */
  readonly Review: ComponentType<PartProps<ToolCallPart>> | null;
  readonly File: ComponentType<PartProps<FilePart>> | null;
  readonly Data: ComponentType<PartProps<DataPart>> | null;
  readonly Error: ComponentType<PartProps<ErrorPart>> | null;
  readonly Unknown: ComponentType<PartProps<UnknownPart>> | null;
}
