import { ProxyError } from './proxyError.js';
import { toLogText, type ProxyLogEntry } from './proxyLog.js';
import type { ProxySettings } from './resolveOptions.js';

type Notes = Partial<Omit<ProxyLogEntry, 'level' | 'requestId' | 'method' | 'durationMs' | 'bytesOut'>>;

/** What a platform hands over beside the request. Node servers hand over something else, or nothing. */
export interface PlatformContext {
  /** Keeps the process until the promise has settled. As Workers' `ctx.waitUntil` and Next's `after` do. */
  readonly waitUntil?: (promise: Promise<unknown>) => void;
}

/** One request on its way through the proxy: who it is for the log, and when its client leaves. */
export interface Exchange {
  readonly requestId: string;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  /** Set once a message is on its way to the API: from then on "not processed" cannot be promised. */
  hasDispatched: boolean;
  /** Asks the platform to keep the process until this has settled, where it would end it with the response. */
  keepAlive(promise: Promise<unknown>): void;
  /** Adds to what will be logged. */
  note(notes: Notes): void;
  /** Notes an error, and makes one of ours of anything else that was thrown. */
  fail(thrown: unknown): ProxyError;
  /** Writes the log entry. Only the first call counts, because a stream may fail and be cancelled at once. */
  finish(bytesOut?: number): void;
}

export function createExchange(request: Request, settings: ProxySettings, platform?: PlatformContext): Exchange {
  const requestId = crypto.randomUUID();
  const startedAt = Date.now();
  let notes: Notes = {};
  let isFinished = false;
  const note = (more: Notes) => {
    notes = { ...notes, ...more };
  };
  const exchange: Exchange = {
    requestId,
    signal: request.signal,
    hasDispatched: false,
    keepAlive(promise) {
      if (typeof platform?.waitUntil === 'function') platform.waitUntil(promise);
    },
    note,
    fail(thrown) {
      const error =
        thrown instanceof ProxyError
          ? thrown
          : new ProxyError('internal_error', {
              processed: exchange.hasDispatched ? 'unknown' : 'no',
              hint: `A mistake in the proxy. Please report it: ${toLogText(String(thrown), settings.apiKey)}`,
            });
      const { field, hint, upstreamMessage } = error.details;
      note({
        code: error.code,
        ...(field === undefined ? {} : { field }),
        ...(hint === undefined ? {} : { hint }),
        ...(upstreamMessage === undefined ? {} : { upstreamMessage }),
      });
      return error;
    },
    finish(bytesOut) {
      if (isFinished) return;
      isFinished = true;
      const status = notes.status ?? 200;
      const entry: ProxyLogEntry = {
        level: toLevel(notes.code),
        requestId,
        method: request.method,
        route: notes.route ?? 'none',
        ...notes,
        status,
        ...(bytesOut === undefined ? {} : { bytesOut }),
        durationMs: Date.now() - startedAt,
      };
      try {
        settings.logger(entry);
      } catch {
        // A logger that throws must not take the visitor's answer with it.
      }
    },
  };
  return exchange;
}

function toLevel(code: ProxyLogEntry['code']): ProxyLogEntry['level'] {
  if (code === undefined || code === 'client_closed') return 'info';
  return code.startsWith('upstream_') || code === 'internal_error' ? 'error' : 'warn';
}
