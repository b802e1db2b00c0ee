import { callUpstream, type UpstreamAnswer, type UpstreamCall } from './callUpstream.js';
import type { Exchange } from './exchange.js';
import { concat, createFrameSplitter } from './frameSplitter.js';
import { createSecretMask, maskSecretIn } from './maskSecret.js';
import { isResponseOrTask, readJson } from './readJson.js';
import { readFrameTaskId, readJsonTaskId } from './readTaskId.js';
import type { ProxySettings } from './resolveOptions.js';
import type { Eventually, RunEntry } from './runStore.js';
import { ProxyError } from './proxyError.js';

/** The first event of a response names its task; comments and foreign events may come before it. */
const FRAMES_WITH_TASK_ID = 16;

export interface AnswerSink {
  /** Resolves when somebody wants more: so much is read as is asked for. */
  demand(): Promise<void> | undefined;
  nameTask(taskId: string): Eventually<void>;
  append(entries: readonly RunEntry[]): Eventually<void>;
}

export interface ReadAnswerOptions {
  readonly settings: ProxySettings;
  /** Whose request makes the call: for its id, and for the log. */
  readonly exchange: Exchange;
  readonly call: UpstreamCall;
  readonly signal: AbortSignal;
  /** What event ids begin with; `null` for none. */
  readonly idPrefix: string | null;
}

/**
 * Calls the API and hands over its answer step by step, last entry included: frames whole, numbered and without the key, JSON as one piece.
 *
 * @throws ProxyError where the call fails or breaks off.
 */
export async function readAnswer(options: ReadAnswerOptions, sink: AnswerSink): Promise<void> {
  const { settings, exchange, call, signal } = options;
  const answer = await callUpstream(settings, exchange, call, signal);
  if (answer.contentType === 'text/event-stream') return readFrames(answer, options, sink);
  const { text, json } = await readJson(answer, call);
  if (!isResponseOrTask(json)) throw notAnAnswer(call);
  const taskId = readJsonTaskId(json);
  if (taskId !== null) await sink.nameTask(taskId);
  await sink.append([{ kind: 'json', text: maskSecretIn(text, settings.apiKey) }]);
}

/** What a success of the API is whose JSON is neither a response nor a task. */
export function notAnAnswer(call: UpstreamCall): ProxyError {
  return new ProxyError('upstream_error', {
    processed: call.processedOnceSent,
    upstreamMessage: 'Answered 200 with JSON that is neither a response nor a task.',
  });
}

async function readFrames(
  answer: UpstreamAnswer,
  { settings, idPrefix }: ReadAnswerOptions,
  sink: AnswerSink,
): Promise<void> {
  const mask = createSecretMask(settings.apiKey);
  const splitter = createFrameSplitter();
  const encoder = new TextEncoder();
  let frameCount = 0;
  let hasTask = false;
  const add = async (frames: readonly Uint8Array[], isEnd: boolean) => {
    for (const frame of hasTask ? [] : frames.slice(0, Math.max(0, FRAMES_WITH_TASK_ID - frameCount))) {
      const taskId = readFrameTaskId(frame);
      if (taskId === null) continue;
      hasTask = true;
      await sink.nameTask(taskId);
      break;
    }
    const entries = frames.map((frame): RunEntry => {
      frameCount += 1;
      return {
        kind: 'frame',
        bytes: idPrefix === null ? frame : concat([encoder.encode(`id: ${idPrefix}.${frameCount}\n`), frame]),
      };
    });
    if (isEnd) entries.push({ kind: 'end' });
    await sink.append(entries);
  };
  await sink.append([{ kind: 'stream' }]);
  try {
    for (;;) {
      await sink.demand();
      // A chunk without a whole frame has to be followed by another.
      let frames: Uint8Array[] = [];
      let chunk: Uint8Array | null = null;
      do {
        chunk = await answer.read();
        frames = splitter.push(chunk === null ? mask.flush() : mask.push(chunk));
      } while (chunk !== null && frames.length === 0);
      if (chunk === null) {
        // A frame that no blank line ends is for the reader to judge, as it came.
        const rest = splitter.rest();
        if (rest.length > 0) frames.push(rest);
      }
      await add(frames, chunk === null);
      if (chunk === null) return;
    }
  } catch (thrown) {
    // What is thrown in here is not always the call's own end.
    if (thrown instanceof ProxyError) answer.stop(thrown);
    throw thrown;
  }
}
