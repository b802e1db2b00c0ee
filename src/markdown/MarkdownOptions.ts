import { createContext, useContext, useMemo } from 'react';
import type { UrlPolicy } from './safeUrl.js';

/** The renderer's own words. */
export interface MarkdownLabels {
  /** Button on a code block. Default "Copy". */
  readonly copy: string;
  /** The same button after copying. Default "Copied". */
  readonly copied: string;
  /** Name of a code block; its language is added. Default "Code". */
  readonly code: string;
  /** Name of a table that can be scrolled. Default "Table". */
  readonly table: string;
  /** An image that has no alternative text. Default "Image". */
  readonly image: string;
  /** Name of a ticked task box. Default "Done". */
  readonly taskDone: string;
  /** Name of an empty task box. Default "To do". */
  readonly taskOpen: string;
}

const defaultLabels: MarkdownLabels = {
  copy: 'Copy',
  copied: 'Copied',
  code: 'Code',
  table: 'Table',
  image: 'Image',
  taskDone: 'Done',
  taskOpen: 'To do',
};

export interface MarkdownOptions {
  readonly policy: UrlPolicy;
  readonly labels: MarkdownLabels;
}

/** Reaches every block past its memo, so options are plain data and compared by value. */
export const MarkdownOptionsContext = createContext<MarkdownOptions>({ policy: {}, labels: defaultLabels });

export function useMarkdownOptions(): MarkdownOptions {
  return useContext(MarkdownOptionsContext);
}

/** The same object until the values change: written inline, they must not render every block on every delta. */
export function useStableOptions(policy: UrlPolicy, labels: Partial<MarkdownLabels>): MarkdownOptions {
  const json = JSON.stringify({ policy, labels: { ...defaultLabels, ...labels } });
  return useMemo(() => JSON.parse(json) as MarkdownOptions, [json]);
}
