/** How the emulator's API behaves where the sources disagree or a network misbehaves. Source: PROTOCOL.md sections 16 and 18. */
export interface Profile {
  /** Body of a sync answer: the SDK's, a bare A2A task, the newest docs' mix, or an A2A task that is still `submitted` (C5, C19). Default `sdk`. */
  readonly answer: 'sdk' | 'a2a' | 'hybrid' | 'submitted';
  /** Body of a background answer. Default `sdk`, the only one that the official SDK reads (PROTOCOL.md 4.5). */
  readonly background: 'sdk' | 'a2a';
  /** Whether a continuation has a task id of its own (C8). Default `new`. */
  readonly taskId: 'new' | 'same';
  /** What continuing any but the newest task id of a conversation does: a second branch, or 409. Default `branch`. */
  readonly oldTask: 'branch' | 'conflict';
  /** Token counts: told, `null` (left out in streams, C21) or left out everywhere. Default `full`. */
  readonly usage: 'full' | 'null' | 'absent';
  /** Whether JSON answers show the server's own tool calls and results beside the text. Default `true`. */
  readonly toolMessages: boolean;
  /** Whether ids of pending calls differ from those of the `tool_call` parts, which are then the valid ones (C9). Default `same`. */
  readonly toolCallIds: 'same' | 'different';
  /** What answers `stream: true`: events, or JSON as some deployments do. Default `sse`. */
  readonly stream: 'sse' | 'json';
  /** Whether a stream ends with `data: [DONE]`. Default `true`. */
  readonly done: boolean;
  /** CRLF in place of LF in streams. Default `false`. */
  readonly crlf: boolean;
  /** A comment line before every event, as keep-alives are. Default `false`. */
  readonly comments: boolean;
  /** Events inside `{"data": …}`, as the docs show them (C7). Default `false`. */
  readonly wrapped: boolean;
  /** An event of an unknown type after every event that the API has. Default `false`. */
  readonly unknownEvents: boolean;
  /** Cuts streams into chunks of so many bytes, also inside characters; 0 sends each event whole. Default 0. */
  readonly chunkBytes: number;
}

/** What an emulator does unless told otherwise: what the official SDK accepts. */
export const defaultProfile: Profile = {
  answer: 'sdk',
  background: 'sdk',
  taskId: 'new',
  oldTask: 'branch',
  usage: 'full',
  toolMessages: true,
  toolCallIds: 'same',
  stream: 'sse',
  done: true,
  crlf: false,
  comments: false,
  wrapped: false,
  unknownEvents: false,
  chunkBytes: 0,
};
