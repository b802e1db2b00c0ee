/** Whether the reader would lose something if a row left the document: the focus, a selection, or what is playing. */
export function isHeld(row: Element): boolean {
  const root = row.getRootNode() as Document | ShadowRoot;
  return row.contains(root.activeElement) || isSelected(row, root) || isPlaying(row);
}

function isSelected(row: Element, root: Document | ShadowRoot): boolean {
  // Chromium keeps what is selected inside of a shadow root there; in other browsers the document has it.
  const selection = 'getSelection' in root ? root.getSelection() : document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(row, true);
}

function isPlaying(row: Element): boolean {
  return [...row.querySelectorAll<HTMLMediaElement>('audio, video')].some((media) => !media.paused);
}
