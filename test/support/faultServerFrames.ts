/** The frames of an event stream as they came, blank line included; a rest that no blank line ends is the last. */
export async function* framesIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of bytes) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = endOfFrame(text); end > 0; end = endOfFrame(text)) {
      yield text.slice(0, end);
      text = text.slice(end);
    }
  }
  if (text !== '') yield text;
}

function endOfFrame(text: string): number {
  const match = /\r\n\r\n|\n\n|\r\r/.exec(text);
  return match ? match.index + match[0].length : 0;
}

/** Whether a frame is an event, not only a comment. */
export function isData(frame: string): boolean {
  return /^data:/m.test(frame);
}

/** Whether a frame says that the answer is over, in any of the API's dialects. */
export function isTerminalFrame(frame: string): boolean {
  return /"type":\s*"response\.(done|completed|incomplete|failed)"|^data:\s*\[DONE\]/m.test(frame);
}
