import type { AgentTransport } from '../../../src/core/transport.js';
import type { ResponsesTransportOptions } from '../../../src/transport/createResponsesTransport.js';
import type { Moment } from './moment.js';
import { v2Wire } from './v2Wire.js';

/** What a request asks for, in no wire's words. */
export type Call =
  | { readonly kind: 'send'; readonly messageId: string; readonly taskId: string | null; readonly streams: boolean }
  | { readonly kind: 'poll' | 'replay' | 'cancel'; readonly taskId: string }
  | { readonly kind: 'review'; readonly taskId: string; readonly toolCallId: string }
  | { readonly kind: 'receipt'; readonly messageId: string }
  | { readonly kind: 'card' };

/** Who says a moment. */
export interface Speaker {
  readonly taskId: string;
  readonly responseId: string;
}

/** One protocol between client and backend. The fault table knows nothing else of it, so every row runs on each. */
export interface Wire {
  readonly name: string;
  createTransport(options: ResponsesTransportOptions): AgentTransport;
  /** @returns `null` for an address that the wire does not have. */
  readCall(method: string, path: string, body: unknown): Call | null;
  /** A moment as the data of one event. */
  encode(moment: Moment, speaker: Speaker): string;
  /** What a stream sends after its last event. */
  readonly sentinel: string;
  /** A response as JSON: as much of it as the API tells at this point. */
  snapshot(moments: readonly Moment[], speaker: Speaker): unknown;
}

/** Every wire that the table runs on. */
export const wires: readonly Wire[] = [v2Wire];
