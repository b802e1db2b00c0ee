import { act, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Markdown } from '../../src/markdown/Markdown.js';

describe('Markdown', () => {
  it('keeps the elements of every block while the text grows and when it is over', () => {
    const text = `# T\n\npara *one*\n\n- a\n- b\n- c\n- d\n- e\n\n${'x\n\n'.repeat(20)}\`\`\`js\ncode\n\`\`\`\n\n| a |\n|---|\n| 1 |\n\nend`;
    const { container, rerender } = render(<Markdown text="" streaming />);
    let before: Element[] = [];
    for (let at = 5; at < text.length + 5; at += 5) {
      rerender(<Markdown text={text.slice(0, at)} streaming={at < text.length} />);
      const after = [...container.querySelectorAll('.ac-md-group > *, li')];
      // The last two may still become something else (a paragraph under which `---` appears).
      for (const element of before.slice(0, -2)) expect(after).toContain(element);
      before = after;
    }
    expect(container.querySelectorAll('.ac-md-group').length).toBeGreaterThan(3);
  });

  it('renders the same in strict mode', () => {
    const text = '# T\n\na **b** [c](https://c.example)\n\n- d\n';
    const { container, rerender } = render(
      <StrictMode>
        <Markdown text={text.slice(0, 10)} streaming />
      </StrictMode>,
    );
    rerender(
      <StrictMode>
        <Markdown text={text} />
      </StrictMode>,
    );
    expect(container.innerHTML).toBe(render(<Markdown text={text} />).container.innerHTML);
  });

  it('does not render finished blocks again when options are written inline', () => {
    const text = '```\nfirst\n```\n\nb\n\nc\n\n';
    const { container, rerender } = render(<Markdown text={text} streaming labels={{ copy: 'Kopie' }} policy={{}} />);
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(container.querySelector('.ac-md-code')!, { attributes: true, childList: true, subtree: true });
    rerender(<Markdown text={`${text}d`} streaming labels={{ copy: 'Kopie' }} policy={{}} />);
    expect([...changes, ...observer.takeRecords()]).toEqual([]);
    expect(screen.getByRole('button', { name: 'Kopie' })).toBeInTheDocument();
  });

  describe('copying code', () => {
    const writeText = vi.fn<(text: string) => Promise<void>>();

    beforeEach(() => {
      vi.useFakeTimers();
      writeText.mockReset().mockResolvedValue();
      vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    });
    afterEach(() => {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    });

    it('puts the code on the clipboard, says so, and stops saying so', async () => {
      const code = Array.from({ length: 150 }, (_, line) => `line ${line}`).join('\n');
      render(<Markdown text={`\`\`\`\n${code}\n\`\`\``} />);
      await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Copy' })));
      expect(writeText).toHaveBeenCalledExactlyOnceWith(code);
      expect(screen.getByRole('button', { name: 'Copied' })).toBeInTheDocument();
      await act(() => vi.advanceTimersByTimeAsync(2000));
      expect(screen.getByRole('button', { name: 'Copy' })).toBeInTheDocument();
    });

    it('says nothing where the clipboard is refused', async () => {
      writeText.mockRejectedValue(new DOMException('no', 'NotAllowedError'));
      render(<Markdown text={'```\na\n```'} />);
      await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Copy' })));
      expect(screen.getByRole('button', { name: 'Copy' })).toBeInTheDocument();
    });
  });
});
