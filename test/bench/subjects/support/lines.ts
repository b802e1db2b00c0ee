import { followTail } from '../../page/followTail.js';
import type { Answer, Subject } from '../../page/Subject.js';

/** A transcript of such text: what was said before in rows, then the answer. Rows are groups where lines are in groups. */
export function drawLines(linesPerGroup = Infinity): Subject {
  return (stage, past) => {
    const transcript = followTail(stage);
    const addRow = (): HTMLElement => transcript.appendChild(document.createElement('div'));
    for (const { text } of past) {
      const row = addRow();
      if (linesPerGroup !== Infinity) row.className = 'raw-group';
      appendLines(row).push(text);
    }
    return { begin: () => appendLines(addRow(), linesPerGroup), unmount: () => undefined };
  };
}

/**
 * Text without any markdown, line by line: nothing that shows an answer can do less. Only the last line's own text node grows, because one big text
 * node would be laid out again with every frame.
 *
 * @param linesPerGroup - puts lines into groups that the browser may skip while they are out of sight. Default: no groups.
 */
function appendLines(parent: HTMLElement, linesPerGroup = Infinity): Answer {
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
