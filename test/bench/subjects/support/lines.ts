import type { Answer } from '../../page/Subject.js';

/**
 * Text without any markdown, line by line: nothing that shows an answer can do less. Only the last line's own text node grows, because one big text
 * node would be laid out again with every frame.
 *
 * @param linesPerGroup - puts lines into groups that the browser may skip while they are out of sight. Default: no groups.
 */
export function appendLines(parent: HTMLElement, linesPerGroup = Infinity): Answer {
  parent.classList.add('raw-lines');
  let group = parent;
  let count = 0;
  let last: Text | undefined;

  function addLine(): Text {
    if (count % linesPerGroup === 0 && linesPerGroup !== Infinity) {
      group = parent.appendChild(document.createElement('div'));
      group.className = 'raw-group';
    }
    count += 1;
    const line = group.appendChild(document.createElement('div'));
    // An empty line has a height as well.
    line.style.minBlockSize = '1lh';
    return line.appendChild(document.createTextNode(''));
  }

  return {
    push(delta) {
      for (const [index, text] of delta.split('\n').entries()) {
        if (index > 0 || !last) last = addLine();
        last.appendData(text);
      }
    },
    end: () => undefined,
  };
}
