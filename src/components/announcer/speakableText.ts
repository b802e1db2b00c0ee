/**
 * Markdown as one would read it aloud: no marks, no addresses of links, code blocks named instead of spelled.
 */
export function speakableText(markdown: string, codeBlock: string): string {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null && mark !== undefined) {
      fence = mark;
      lines.push(codeBlock);
    } else if (fence !== null) {
      if (mark !== undefined && mark.startsWith(fence)) fence = null;
    } else {
      lines.push(withoutMarks(line));
    }
  }
  return lines.join('\n');
}

function withoutMarks(line: string): string {
  return line
    .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?)/, '')
    .replace(/^\s*\|?[\s:|-]+\|[\s:|-]*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`+)/g, '')
    .replace(/(^|\W)[*_](\S[^*_]*\S|\S)[*_](?=\W|$)/g, '$1$2')
    .replace(/\s*\|\s*/g, ' ');
}
