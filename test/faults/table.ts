/** `V`: played without a network, in fake time. `B`: in a real Chromium, against the fault server. */
export type Level = 'V' | 'B';
export type RowId = `F-${number}`;

export interface FaultRow {
  readonly id: RowId;
  readonly fault: string;
  /** What has to happen, and what the visitor sees of it. */
  readonly expected: string;
  readonly levels: readonly Level[];
}

/**
 * What may go wrong between a visitor and an agent. Words that recur:
 * a message is certainly *not processed* (only then it may be sent again without asking), certainly *processed* (only its answer is looked for), or neither is known
 * (a receipt decides; without one the visitor does).
 */
export const table: readonly FaultRow[] = [
  row(
    1,
    'VB',
    'connection refused',
    'asks for a receipt once it can; sends again only what certainly did not arrive, 3 times at most; says that it cannot connect',
  ),
  row(
    2,
    'VB',
    'offline at send',
    'stays queued without a request until the network is there; being online proves nothing, a request decides',
  ),
  row(3, 'B', 'the network seems lost while an answer streams', 'keeps reading; only a hint shows'),
  row(4, 'VB', '400 or 422', 'failed, not sent again; the visitor may edit it'),
  row(
    5,
    'VB',
    '401',
    'asks for a new token and sends once more; then says that the session has ended, and keeps the message',
  ),
  row(
    6,
    'B',
    '403 for this origin or agent',
    'failed, not sent again; says that chat is not available here, and tells the developer once',
  ),
  row(
    7,
    'VB',
    'the task is gone (404)',
    'keeps the transcript, leaves the task, and lets the unsent text begin a new one',
  ),
  row(8, 'VB', 'the task is still active (409)', 'waits for it by polling, then sends by itself, first in first out'),
  row(
    9,
    'V',
    'too large (413) or too many parts',
    'refused before it is sent where that can be known; else failed, and says so',
  ),
  row(
    10,
    'V',
    '429 with any kind of Retry-After',
    'waits as long as asked, up to 2 minutes, with a countdown; sends again 3 times at most; an absurd wait is left to the visitor',
  ),
  row(
    11,
    'VB',
    '500, 502, 503, 504',
    'sends again where the answer says that nothing was processed; else asks for a receipt',
  ),
  row(12, 'VB', 'a web page in the place of an answer', 'is not parsed; asks for a receipt'),
  row(
    13,
    'VB',
    'redirect',
    'not followed, and not sent again; says that chat is not available here, and tells the developer why',
  ),
  row(14, 'B', 'CORS is not set up', 'says that it cannot connect, and tells the developer why'),
  row(15, 'VB', 'reset in the middle of an answer', 'keeps what arrived, goes on by replay or polling, sends nothing'),
  row(16, 'B', 'reset before the first event', 'asks for a receipt'),
  row(17, 'B', 'clean end without a terminal event', 'a drop like any other'),
  row(18, 'B', 'half a frame at the end', 'is left out; a drop like any other'),
  row(
    19,
    'VB',
    'silence on an open connection',
    'without a byte for 45 s where heartbeats are promised: leaves it and goes on as after a drop; heartbeats count; after 10 s it says that it still works; without heartbeats the stream stays open, and the answer is polled beside it; a message that nobody answers for 60 s is looked for and not sent again',
  ),
  row(20, 'V', 'duplicate events', 'change nothing'),
  row(21, 'V', 'events out of order', 'the whole part counts, and what comes after it is ignored'),
  row(22, 'V', 'unknown events, parts and fields', 'are reported and left out; an unknown part is a placeholder'),
  row(23, 'V', 'malformed JSON in an event', 'is skipped; three, or a lost end, and the answer is fetched as a whole'),
  row(24, 'VB', 'characters, line ends and marks cut anywhere', 'change nothing'),
  row(25, 'VB', 'an endless event', 'is left at 8 MiB, and the answer is fetched as a whole'),
  row(26, 'B', '50,000 tiny deltas at once', 'typing stays smooth: 95 of 100 key strokes show within 100 ms'),
  row(27, 'VB', 'the response failed', 'shows what arrived and that it failed; a retry is a new turn'),
  row(28, 'V', 'ended for lack of length, steps or time, or by a filter', 'says which, and offers to continue'),
  row(
    29,
    'B',
    'the API times out behind the proxy',
    'looks for the answer by polling; says that it takes longer than usual',
  ),
  row(30, 'B', 'the proxy is killed in the middle and comes back', 'goes on by polling; sends nothing'),
  row(31, 'V', 'a tool throws', 'the error is its result, sent once; the card shows that it failed'),
  row(32, 'V', 'a tool never returns', 'is aborted after 60 s with an error as its result; a late result is dropped'),
  row(33, 'B', 'reload while a tool runs', 'asks before it runs a second time'),
  row(34, 'VB', 'a decision too late, or made elsewhere already', 'is refused and not sent again; the card says so'),
  row(
    35,
    'B',
    'reload in the middle of an answer',
    'takes it up again; what had arrived is there at once; sends nothing',
  ),
  row(
    36,
    'VB',
    'the tab sleeps',
    'when it wakes after more than 20 s, a stream that says nothing for 2 s is left and the rest looked for',
  ),
  row(37, 'B', 'back from the page cache', 'as after sleep'),
  row(
    38,
    'B',
    'several tabs, one conversation',
    'one of them sends and streams, all show the same; drafts are each tab’s own',
  ),
  row(39, 'B', 'the tab that streams closes or crashes', 'another takes over and sends nothing'),
  row(40, 'B', 'no locks, no channel, no storage', 'one tab, in memory; it still chats, and says that nothing is kept'),
  row(
    41,
    'VB',
    'the quota is used up',
    'the oldest conversations go first, which is told once; then memory; the host page sees no error',
  ),
  row(42, 'V', 'what was stored is broken', 'is set aside, and the visitor begins anew'),
  row(
    43,
    'V',
    'what was stored is of an older or newer version',
    'older is brought up to date; newer is shown and not written to',
  ),
  row(
    44,
    'B',
    'the database is upgraded or blocked by another tab',
    'lets go of it; waits 2 s at most, and 8 s where the disk itself is slow, then memory',
  ),
  row(45, 'VB', 'double click, Enter that repeats, Enter of an input method', 'one message'),
  row(46, 'VB', 'Stop', 'ends the answer here, asks the backend to stop, and the next message waits for the task'),
  row(
    47,
    'VB',
    'unmounted in the middle',
    'leaves no timer, listener or request; mounted again it takes the answer up',
  ),
  row(48, 'VB', 'the clock is a day off, or jumps', 'changes nothing: clocks of two machines are never compared'),
  row(49, 'B', 'a slow network', 'no false alarm; the answer grows as it comes'),
  row(
    50,
    'B',
    'the host page breaks what we use, or removes our node',
    'the page lives, and so does the chat where it can',
  ),
  row(
    51,
    'V',
    'getToken rejects or never answers',
    'gives up after 10 s and two more tries; says so, and keeps the message',
  ),
  row(
    52,
    'VB',
    'another person signs in in the middle',
    'ends the answer; nothing of the first is ever shown to the second',
  ),
];

function row(number: number, levels: 'V' | 'B' | 'VB', fault: string, expected: string): FaultRow {
  const id: RowId = `F-${String(number).padStart(2, '0') as `${number}`}`;
  return { id, fault, expected, levels: levels === 'VB' ? ['V', 'B'] : [levels] };
}
