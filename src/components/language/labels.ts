import type { StorageProblem } from '../../core/conversationStorage.js';
import type { AgentChatErrorCode } from '../../core/errors.js';
import type { LinkLabels } from '../links/linkLabels.js';
import type { MarkdownLabels } from '../../markdown/MarkdownOptions.js';

/**
 * Every string that a visitor sees or hears. The English names of controls are a contract: tests and embedders find controls by them.
 *
 * Whole languages are separate imports, passed as `locale`; single strings are replaced by `labels`, in whatever language. Strings with a number
 * or a name in them are functions: numbers come raw, so that the language picks the plural form and writes the digits; names come ready to insert,
 * with invisible marks around them where they run in the other direction than the sentence.
 *
 * @example
 * <AgentChatWidget {...} labels={{ greeting: 'What are you looking for?', errors: { rate_limited: 'One moment, please.' } }} />
 */
export interface Labels {
  /** The launcher, while the panel is closed. */
  readonly openChat: string;
  /** The launcher and the header's button, while the panel is open. */
  readonly closeChat: string;
  /** Describes the launcher while it has a badge. */
  readonly unread: (count: number) => string;
  /** Names the agent where neither its card nor `title` does. */
  readonly agent: string;
  /** Names the visitor in the transcript, for screen readers. */
  readonly you: string;
  /** Names the transcript, for screen readers. */
  readonly conversation: string;
  readonly newConversation: string;
  /** Names the list of the visitor's conversations, and the button that leads there. */
  readonly conversations: string;
  /** Leads from the list back to the conversation. */
  readonly backToConversation: string;
  readonly noConversations: string;
  readonly renameConversation: (title: string) => string;
  readonly removeConversation: (title: string) => string;
  /** Asks before a conversation is removed for good. */
  readonly removeQuestion: (title: string) => string;
  /** Names the field for a conversation's new name. */
  readonly conversationName: string;
  readonly save: string;
  readonly remove: string;
  readonly cancel: string;
  /** Names the button that opens the search, and its field. */
  readonly search: string;
  readonly closeSearch: string;
  readonly previousMatch: string;
  readonly nextMatch: string;
  /** Where the search stands; `position` counts from 1. */
  readonly matches: (position: number, count: number) => string;
  readonly noMatches: string;
  readonly exportMarkdown: string;
  readonly exportJson: string;
  /** A view of the panel whose code could not be loaded. A whole sentence. */
  readonly viewUnavailable: string;
  /** The header's button for what is needed seldom, and its entries. */
  readonly menu: string;
  readonly enlarge: string;
  readonly shrink: string;
  readonly theme: string;
  readonly themeLight: string;
  readonly themeDark: string;
  readonly themeSystem: string;
  readonly deleteAll: string;
  /** Asks before everything is removed. */
  readonly deleteAllQuestion: string;
  /** Names the borders of the panel, which can be moved. */
  readonly panelWidth: string;
  readonly panelHeight: string;
  /** Stands in the transcript until what was kept of the conversation is there. */
  readonly restoring: string;
  readonly scrollToLatest: string;
  /** The first words on an empty transcript. */
  readonly greeting: string;
  /** Names the list of first messages, for screen readers. */
  readonly suggestions: string;

  /** The line below the agent's name, while nothing happens: tells what one talks to. */
  readonly statusIdle: string;
  readonly statusBusy: string;
  /** A tool or a person has to do something before the agent goes on. */
  readonly statusWaiting: string;
  readonly statusReconnecting: string;
  readonly statusOffline: string;

  /** Names the text field. */
  readonly message: string;
  readonly placeholder: string;
  readonly send: string;
  readonly stop: string;
  /** The same message once more, where it certainly did not arrive. */
  readonly retry: string;
  /** A new message with the same words, where nobody knows whether the first arrived. */
  readonly resend: string;
  readonly attachFiles: string;
  /** Names the list of files that go with the message being written, for screen readers. */
  readonly attachments: string;
  /** Shown over the panel while files are dragged to it. */
  readonly dropFiles: string;
  /** Names the bar that shows how much of a file has been read. */
  readonly readingFile: (name: string) => string;
  readonly removeFile: (name: string) => string;
  /** Why a file was not attached. */
  readonly fileTypeRefused: (name: string) => string;
  readonly fileTooLarge: (name: string, limit: string) => string;
  readonly filesTooLarge: (limit: string) => string;
  readonly tooManyFiles: (count: number) => string;
  readonly fileEmpty: (name: string) => string;
  readonly fileUnreadable: (name: string) => string;
  readonly dictate: string;
  readonly stopDictating: string;
  readonly microphoneRefused: string;
  readonly dictationFailed: string;
  readonly copy: string;
  readonly copied: string;
  readonly goodAnswer: string;
  readonly badAnswer: string;

  /** Below a message that waits for its turn. */
  readonly queued: string;
  readonly sending: string;
  /** A whole sentence; the one that says why follows it. */
  readonly notSent: string;
  readonly uncertain: string;
  /** Below an answer that the visitor ended. */
  readonly stopped: string;
  readonly answerFailed: string;
  readonly cutOffByLength: string;
  readonly cutOffByFilter: string;
  readonly cutOffBySteps: string;
  readonly cutOffByTime: string;
  /** The button below an answer that was cut off. */
  readonly continue: string;
  /** What that button sends, in the visitor's name. */
  readonly continueMessage: string;
  /** The button that opens a message of the visitor's for editing. */
  readonly edit: string;
  /** Names the field in which a message is edited. */
  readonly editMessage: string;
  readonly sendEdit: string;
  /** Below the field, where the agent has read the message already. */
  readonly editHint: string;
  /** Below a message that was said again in other words. */
  readonly edited: string;
  /** Names the field for what a rating does not say. */
  readonly feedbackComment: string;
  readonly sendComment: string;
  readonly feedbackThanks: string;
  readonly feedbackFailed: string;
  /** Spoken while nothing but the three dots shows. */
  readonly answering: (agent: string) => string;
  /** Spoken once the connection is back. */
  readonly reconnected: string;
  readonly reconnecting: string;
  readonly offline: string;
  /** Nothing new has come for a while. */
  readonly stillWorking: string;
  /** What the memory of this browser could not do. */
  readonly memory: Readonly<Record<StorageProblem, string>>;
  /** Takes a notice away. */
  readonly dismiss: string;
  /** The agent has too much to do; the message is sent again by itself in that many seconds. */
  readonly busyRetry: (seconds: number) => string;
  /** For builders: tokens of the last answer, and of all answers of the conversation. */
  readonly usage: (last: number, total: number) => string;

  /** The line above the agent's reasoning, while it grows. */
  readonly thinking: string;
  /** The same line afterwards, where nobody measured how long it took. */
  readonly thought: string;
  readonly thoughtFor: (seconds: number) => string;

  /** A tool call whose tool the wire did not name. */
  readonly tool: string;
  /** One line for many tool calls in a row. */
  readonly usedTools: (count: number) => string;
  /** Follows it and a dot. */
  readonly toolsFailed: (count: number) => string;
  /** Another agent has been asked, and has not answered yet. */
  readonly handingOff: (agent: string) => string;
  readonly handedOff: (agent: string) => string;
  /** How a tool call stands; follows the tool's name and a dot: "Search orders · Running". */
  readonly toolRunning: string;
  readonly toolWaitingForPage: string;
  readonly toolWaitingForReview: string;
  readonly toolFailed: string;
  readonly toolRejected: string;
  readonly toolInterrupted: string;
  readonly approve: string;
  readonly reject: string;
  /** Asks whether a tool may run. */
  readonly reviewTitle: (tool: string) => string;
  /** The page was left while the tool ran. */
  readonly reviewInterrupted: string;
  /** The decision did not arrive. A whole sentence; the one that says why follows it. */
  readonly reviewFailed: string;
  /** Headings over what a tool was given and what it gave back. */
  readonly toolArguments: string;
  readonly toolResult: string;
  readonly toolError: string;

  readonly showAllCharacters: (count: number) => string;
  readonly showAllEntries: (count: number) => string;
  /** Opens what is nested deep. */
  readonly showMore: string;
  /** Stands for a list or object without entries. */
  readonly noEntries: string;

  /** Stands for a file without a name. */
  readonly file: string;
  readonly download: (name: string) => string;
  readonly openFile: (name: string) => string;
  readonly fileUnavailable: string;
  /** For a file that was sent on an earlier visit: contents are not kept in the browser. */
  readonly fileNotKept: string;
  /** Opens an image over the page. */
  readonly viewImage: (name: string) => string;
  readonly closeImage: string;
  /** The line above what an answer is based on. */
  readonly sources: (count: number) => string;
  /** The line above structured data. */
  readonly data: string;
  readonly agentError: string;
  readonly unknownPart: string;
  /** Spoken in place of code. */
  readonly codeBlock: string;

  /** Opens what developers want to know about an error; the rest are names of its fields. */
  readonly details: string;
  readonly detailCode: string;
  readonly detailStatus: string;
  readonly detailRequest: string;
  readonly detailTrace: string;
  readonly detailMessage: string;

  /** Words of the markdown renderer; its copy button uses `copy` and `copied`. */
  readonly markdown: Omit<MarkdownLabels, 'copy' | 'copied'>;

  /** Words of the card that asks before a link is opened. Without one, English is used. */
  readonly links: Partial<LinkLabels>;

  /** What went wrong, in a visitor's words, by the error's code. Without one, the error's own `userMessage` is shown. */
  readonly errors: Readonly<Partial<Record<AgentChatErrorCode, string>>>;
}

/** Single strings in place of the language's own; of `errors` and `markdown`, too, only those that differ. */
export type LabelOverrides = Partial<Omit<Labels, 'markdown'>> & { readonly markdown?: Partial<Labels['markdown']> };
