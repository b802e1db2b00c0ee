/** Two sentences in a row. After the full stop of Chinese and Japanese, which brings its own room, there is no space. */
export function joinSentences(first: string, second: string | null): string {
  if (second === null) return first;
  return /[。！？]$/.test(first) ? first + second : `${first} ${second}`;
}
