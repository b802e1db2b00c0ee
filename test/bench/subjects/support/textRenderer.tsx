import { useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { followTail } from '../../page/followTail.js';
import type { Subject } from '../../page/Subject.js';

/**
 * A component that is given the whole text so far, as renderers of markdown are.
 *
 * @param isBatched - whether deltas are gathered and given once per frame. The peers' manuals give each one as it comes.
 */
export function textRenderer(render: (text: string) => ReactNode, isBatched = false): Subject {
  return (stage) => {
    let append: (more: string) => void;
    function App(): ReactNode {
      const [text, setText] = useState('');
      append = (more) => setText((before) => before + more);
      return render(text);
    }
    const root = createRoot(followTail(stage));
    root.render(<App />);
    return {
      begin: () => ({
        push: isBatched ? perFrame((more) => append(more)) : (more) => append(more),
        end: () => undefined,
      }),
      unmount: () => root.unmount(),
    };
  };
}

/** Gathers what comes until the next frame. */
function perFrame(take: (text: string) => void): (text: string) => void {
  let waiting = '';
  return (text) => {
    if (waiting === '') {
      requestAnimationFrame(() => {
        const gathered = waiting;
        waiting = '';
        take(gathered);
      });
    }
    waiting += text;
  };
}
