import type { Clock } from '../../../src/core/clock.js';
import type { Ending } from '../../support/faultServerEvents.js';
import { isEnd, type Moment } from './moment.js';
import type { Speaker, Wire } from './wire.js';

export interface ScriptedRunOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  readonly speaker: Speaker;
  readonly messageId: string;
  /** The task that it continues. */
  readonly continues: string | null;
  /** What was sent. */
  readonly body: unknown;
  /** Whether events name their place, from which a replay can go on. */
  readonly hasIds: boolean;
}

/** One answer of an agent, whoever listens to it and how often. */
export interface ScriptedRun extends Pick<ScriptedRunOptions, 'speaker' | 'messageId' | 'continues' | 'body'> {
  readonly taskId: string;
  readonly moments: readonly Moment[];
  /** When it was over; `Infinity` as long as it is not. */
  readonly endedAt: () => number;
  say(...moments: readonly Moment[]): void;
  /** Puts bytes on the wire that are no moment: broken events, comments. */
  write(text: string): void;
  /** The streams that are open break off. The agent goes on. */
  drop(ending: Ending): void;
  /** The streams that are open stay open, and carry nothing any more. */
  stall(): void;
  /** How many listen. */
  readonly listeners: () => number;
  /** A stream of what comes after that event, heartbeats in between. */
  open(afterEventId: string, heartbeatMs: number | null): ReadableStream<Uint8Array>;
}

interface Frame {
  readonly number: number | null;
  readonly text: string;
}

export function createScriptedRun(options: ScriptedRunOptions): ScriptedRun {
  const { wire, clock, speaker, hasIds } = options;
  const encoder = new TextEncoder();
  const moments: Moment[] = [];
  const frames: Frame[] = [];
  const streams = new Set<{ write: (text: string) => void; close: (ending: Ending) => void }>();
  const isOver = (): boolean => moments.some(isEnd);
  let endedAt = Infinity;

  function add(frame: Frame): void {
    frames.push(frame);
    for (const stream of [...streams]) stream.write(frame.text);
  }

  return {
    ...options,
    taskId: speaker.taskId,
    moments,
    endedAt: () => endedAt,
    listeners: () => streams.size,
    say(...next) {
      for (const moment of next) {
        moments.push(moment);
        const number = moments.length;
        const place = hasIds ? `id: ${speaker.responseId}.${number}\n` : '';
        add({ number, text: `${place}data: ${wire.encode(moment, speaker)}\n\n` });
        if (!isEnd(moment)) continue;
        endedAt = clock.now();
        add({ number: null, text: `data: ${wire.sentinel}\n\n` });
        for (const stream of [...streams]) stream.close('clean');
      }
    },
    write: (text) => add({ number: null, text }),
    stall() {
      for (const stream of streams) Object.assign(stream, { write: () => undefined, close: () => undefined });
    },
    drop: (ending) => [...streams].forEach((stream) => stream.close(ending)),
    open(afterEventId, heartbeatMs) {
      const after = Number(afterEventId.split('.').at(-1) ?? 0);
      const begin = frames.findIndex(({ number }) => number === after) + 1;
      let cancelHeartbeat = (): void => undefined;
      let leave = (): void => undefined;
      return new ReadableStream<Uint8Array>({
        start(controller) {
          const stream = {
            write: (text: string) => controller.enqueue(encoder.encode(text)),
            close(ending: Ending) {
              leave();
              if (ending === 'reset') controller.error(new TypeError('network error'));
              else controller.close();
            },
          };
          const beat = (): void => {
            if (heartbeatMs === null) return;
            cancelHeartbeat = clock.after(heartbeatMs, () => {
              stream.write(': hb\n\n');
              beat();
            });
          };
          leave = () => {
            cancelHeartbeat();
            streams.delete(stream);
          };
          for (const { text } of frames.slice(begin)) stream.write(text);
          if (isOver()) return controller.close();
          streams.add(stream);
          beat();
        },
        cancel: () => leave(),
      });
    },
  };
}
