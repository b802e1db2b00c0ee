import { useMemo, useState, type ReactNode } from 'react';
import { EMPTY_STATE, type ConversationState } from '../../src/core/conversationState.js';
import { AgentChatError } from '../../src/core/errors.js';
import type { AgentMessage, FileContent, Part, PartState, ToolCallPart } from '../../src/core/message.js';
import { ConversationItem } from '../../src/components/conversations/ConversationItem.js';
import { DataPartView } from '../../src/components/parts/DataPartView.js';
import { ErrorDetails } from '../../src/components/notices/ErrorDetails.js';
import { ErrorPartView } from '../../src/components/parts/ErrorPartView.js';
import { FilePartView } from '../../src/components/files/FilePartView.js';
import { Lightbox } from '../../src/components/files/Lightbox.js';
import { LinkCard } from '../../src/components/links/LinkCard.js';
import { ReasoningPartView } from '../../src/components/parts/ReasoningPartView.js';
import { ReviewCard } from '../../src/components/tools/ReviewCard.js';
import { SourceList } from '../../src/components/parts/SourceList.js';
import { Speech } from '../../src/components/announcer/Speech.js';
import { TextPartView } from '../../src/components/parts/TextPartView.js';
import { ToolCallView } from '../../src/components/tools/ToolCallView.js';
import { UnknownPartView } from '../../src/components/parts/UnknownPartView.js';
import { describeLink } from '../../src/components/links/describeLink.js';
import { useWidget } from '../../src/components/WidgetContext.js';
import { safeUrl } from '../../src/markdown/safeUrl.js';
import { frozenConversation } from '../../stories/support/frozenConversation.js';
import { PICTURE_BYTES } from '../../stories/support/picture.js';

export interface SinkProps {
  readonly text: string;
}

const time = { startedAt: 0, endedAt: 1 };
const part = (partId: string) => ({ partId, ...time, state: 'done' as PartState });
const nothing = (): void => undefined;
const nobody = (): Promise<void> => Promise.resolve();

/** The agent's markdown, as it streams. */
export function StreamedText({ text }: SinkProps): ReactNode {
  return <TextPartView role="agent" part={{ kind: 'text', text, ...part('text'), state: 'streaming' }} />;
}

/** Every other place of an answer that shows what came over the wire. */
export function Sinks({ text }: SinkProps): ReactNode {
  return (
    <>
      <TextPartView role="user" part={{ kind: 'text', text, ...part('user') }} />
      <ReasoningPartView role="agent" part={{ kind: 'reasoning', reasoning: text, ...part('reasoning') }} />
      <ToolCallView role="agent" part={{ ...toolCall(text, 'done'), arguments: { text } }} />
      <ToolCallView role="agent" part={handOff(text, 'done')} />
      <ReviewCard role="agent" part={toolCall(text, 'review-requested')} />
      <Files files={filesOf(text)} />
      <DataPartView role="agent" part={{ kind: 'data', partId: 'unknown', data: { text } }} />
      <DataPartView
        role="agent"
        part={{ kind: 'data', partId: 'broken', data: { text }, metadata: { type: 'broken' } }}
      />
      <ErrorPartView role="agent" part={{ kind: 'error', error: text, ...part('error') }} />
      <ErrorDetails error={new AgentChatError({ code: 'server_error', message: text, requestId: text })} />
      <UnknownPartView role="agent" part={{ kind: 'unknown', originalKind: text, ...part('unknown') }} />
      <SourceList message={answerOf(searchCall(text))} />
      <Asked text={text} />
      <Spoken text={text} />
      <Titles text={text} ids={['open']} />
    </>
  );
}

/** The same places in their other states, and with all that can be hostile of a file. */
export function OtherStates({ text }: SinkProps): ReactNode {
  return (
    <>
      <ToolCallView role="agent" part={toolCall(text, 'failed')} />
      <ToolCallView role="agent" part={handOff(text, 'running')} />
      <Files files={allFilesOf(text)} />
      <DataPartView
        role="agent"
        part={{ kind: 'data', partId: 'data', data: { [text]: text }, metadata: { type: text } }}
      />
      <Titles text={text} ids={['open', 'rename', 'remove']} />
    </>
  );
}

function Files({ files }: { readonly files: readonly FileContent[] }): ReactNode {
  return files.map((file, position) => (
    <FilePartView key={position} role="agent" part={{ kind: 'file', partId: 'file', file }} />
  ));
}

function Titles({ text: title, ids }: SinkProps & { readonly ids: readonly string[] }): ReactNode {
  return (
    <ul>
      {ids.map((id) => (
        <ConversationItem
          key={id}
          summary={{ id, title, createdAt: 0, updatedAt: 0 }}
          isCurrent={false}
          {...{ onOpen: nothing, onRename: nobody, onRemove: nobody }}
        />
      ))}
    </ul>
  );
}

/** A renderer of the host's that takes the data for something else. */
export const dataRenderers = {
  broken: (): ReactNode => {
    throw new Error('This is no chart.');
  },
};

function toolCall(text: string, state: ToolCallPart['state']): ToolCallPart {
  return {
    kind: 'tool_call',
    partId: `tool-${state}`,
    toolCallId: text,
    toolName: text,
    arguments: { [text]: text, list: [text, { [text]: text }] },
    result: { [text]: text },
    error: text,
    executor: 'server',
    state,
  };
}

/** To another agent; it is one line, whose title names that agent. */
function handOff(text: string, state: ToolCallPart['state']): ToolCallPart {
  const result = state === 'done' ? text : undefined;
  return { ...toolCall(text, state), toolName: 'call_sub_agent', arguments: { agent_key: text }, result };
}

const MEDIA = ['image/png', 'audio/mpeg', 'video/mp4'];

/** One file for each way to draw it: a picture, a sound and a film with a hostile name, and cards of what is none or lies elsewhere. */
function filesOf(name: string): readonly FileContent[] {
  const elsewhere = `https://evil.example/${name}`;
  return [
    { name, mimeType: name, bytes: 'eA==' },
    { name, mimeType: name, uri: elsewhere },
    ...MEDIA.map((mimeType) => ({ name, mimeType, bytes: PICTURE_BYTES })),
    { name, mimeType: 'image/png', bytes: name },
    { name, mimeType: 'image/png', uri: elsewhere },
  ];
}

/** Each kind of file with everything hostile that it can have. */
function allFilesOf(name: string): readonly FileContent[] {
  return [name, ...MEDIA].flatMap((mimeType) => [
    { name, mimeType, bytes: PICTURE_BYTES },
    { name, mimeType, bytes: name },
    { name, mimeType, bytes: btoa(unescape(encodeURIComponent(name))) },
    { name, mimeType, uri: name },
    { name, mimeType, uri: `https://evil.example/${name}` },
    { name, mimeType, uri: `javascript:${name}` },
  ]);
}

function searchCall(text: string): ToolCallPart {
  const url = `https://evil.example/${text}`;
  const result = [{ title: text, url }, { title: text, url: text }, { file_name: text }];
  return { ...toolCall(text, 'done'), toolName: 'web_search', result };
}

function answerOf(...parts: readonly Part[]): AgentMessage {
  return {
    ...{ role: 'agent', id: 'a', createdAt: 0, inReplyTo: 'q', parts, status: 'completed' },
    ...{ responseId: null, taskId: null, model: null, traceId: null, finishReason: 'stop', usage: null, error: null },
  };
}

/** What a press on a link and on a picture opens. */
function Asked({ text }: SinkProps): ReactNode {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const opener = useMemo(() => ({ current: element }), [element]);
  const link = useMemo(() => element && { url: 'https://evil.example/', element }, [element]);
  const url = safeUrl(`https://evil.example/${text}`) ?? 'https://evil.example/';
  const picture = useMemo(() => URL.createObjectURL(new Blob()), []);
  return (
    <span ref={setElement} tabIndex={-1}>
      {link && <LinkCard link={link} about={describeLink(url, text)} onClose={nothing} />}
      {link && <Lightbox file={{ name: text, bytes: 'eA==' }} url={picture} opener={opener} onClose={nothing} />}
    </span>
  );
}

/** What screen readers hear, once the timers have run. */
function Spoken({ text }: SinkProps): ReactNode {
  const { labels } = useWidget();
  const conversation = useMemo(() => {
    const state: ConversationState = {
      ...EMPTY_STATE,
      messages: [answerOf({ kind: 'text', partId: 't', text, state: 'done' })],
    };
    return { ...frozenConversation(), getState: () => state };
  }, [text]);
  return <Speech {...{ conversation, labels }} title={undefined} announce="sentences" before={EMPTY_STATE} />;
}
