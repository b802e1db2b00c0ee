/** A file on the wire: raw base64 or an address, never both. Source: PROTOCOL.md section 3. */
export type WireFile =
  | { bytes: string; mimeType?: string | undefined; name?: string | undefined }
  | { uri: string; mimeType?: string | undefined; name?: string | undefined };

/** Any JSON object. */
export type JsonObject = Record<string, unknown>;

/** A part of a message. Keys are mixed on the wire: `mimeType`, but `tool_call_id`. Source: PROTOCOL.md section 3. */
export type WirePart =
  | { kind: 'text'; text: string }
  | { kind: 'file'; file: WireFile; metadata?: JsonObject | undefined }
  | { kind: 'data'; data: JsonObject; metadata?: JsonObject | undefined }
  | { kind: 'tool_call'; tool_name: string; tool_call_id: string; arguments: JsonObject }
  | { kind: 'tool_result'; tool_call_id: string; result?: unknown; metadata?: JsonObject | undefined }
  | { kind: 'error'; error: string; code?: number | undefined };

/** Parts that a stream shows; only there is reasoning. Source: PROTOCOL.md sections 3 and 6.2. */
export type WireStreamPart =
  Extract<WirePart, { kind: 'text' | 'file' | 'data' }> | { _id: string; kind: 'reasoning'; reasoning: string };

/** A message of a conversation. Source: PROTOCOL.md section 3. */
export interface WireMessage {
  messageId: string;
  role: 'user' | 'agent' | 'tool' | 'system';
  parts: WirePart[];
  metadata?: JsonObject;
}

/** A tool call that waits for the client. Source: PROTOCOL.md section 4.3. */
export interface WirePendingToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

/** Tokens of one run. Source: PROTOCOL.md section 4.3. */
export interface WireUsage {
  completion_tokens: number;
  prompt_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number; cache_creation_tokens: null; audio_tokens: null };
  completion_tokens_details: {
    reasoning_tokens: number;
    accepted_prediction_tokens: null;
    rejected_prediction_tokens: null;
    audio_tokens: null;
  };
}

/** Why a response ended. Source: PROTOCOL.md section 4.3. */
export type WireFinishReason =
  'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call' | 'max_iterations' | 'max_time';

/** One event of a stream. Keys inside `data` are camelCase. Source: PROTOCOL.md section 6.2. */
export interface WireEvent {
  type: WireEventType;
  timestamp: string;
  data: JsonObject;
}

export type WireEventType =
  | 'response.started'
  | 'part.delta'
  | 'part.done'
  | 'tool.review.requested'
  | 'tool.review.done'
  | 'tool.started'
  | 'tool.done'
  | 'tool.failed'
  | 'response.done'
  | 'response.failed';
