/** A box of a chat's size that stays scrolled to its end, for those that do not scroll themselves. @returns where to draw. */
export function followTail(stage: HTMLElement): HTMLElement {
  const scroller = stage.appendChild(document.createElement('div'));
  scroller.className = 'scroller';
  const content = scroller.appendChild(document.createElement('div'));
  new ResizeObserver(() => {
    scroller.scrollTop = scroller.scrollHeight;
  }).observe(content);
  return content;
}
