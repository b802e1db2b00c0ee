import { createContext, useContext, useId, useMemo } from 'react';
import type { MathSupport } from './MathSupport.js';
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
  /** Button that loads an image. Default "Load image". */
  readonly loadImage: string;
  /** Name of a formula that can be scrolled. Default "Formula". */
  readonly formula: string;
  /** Name of a footnote; its number is added. Default "Footnote". */
  readonly footnote: string;
  /** Button on a footnote. Default "Back to the text". */
  readonly backToText: string;
  /** Name of a ticked task box. Default "Done". */
  readonly taskDone: string;
  /** Name of an empty task box. Default "To do". */
  readonly taskOpen: string;
}

/** English. */
export const defaultLabels: MarkdownLabels = {
  copy: 'Copy',
  copied: 'Copied',
  code: 'Code',
  table: 'Table',
  image: 'Image',
  loadImage: 'Load image',
  formula: 'Formula',
  footnote: 'Footnote',
  backToText: 'Back to the text',
  taskDone: 'Done',
  taskOpen: 'To do',
};

/** A link that the visitor followed, to an address that nobody vouched for. */
export interface AskedLink {
  /** As `safeUrl` returned it. */
  readonly url: string;
  /** What was clicked. */
  readonly element: HTMLElement;
}

/** What the renderer asks of its surroundings. */
export interface MarkdownHost {
  /** Words to replace, by name. Default English. */
  readonly labels?: Partial<MarkdownLabels>;
  /** What links and images may point to. Default: `https`, `http`, `mailto` and `tel` links, no images. */
  readonly policy?: UrlPolicy;
  /** Names of controls beside the text, which the text must not imitate. Default none. */
  readonly controls?: readonly string[];
  /** Called in place of following a link that `policy` does not allow. Default: every link is followed. */
  readonly onLink?: ((link: AskedLink) => void) | undefined;
  /** Shows formulas. Default: they are text. */
  readonly math?: MathSupport | undefined;
}

export interface MarkdownOptions {
  /** What ids in this text begin with. */
  readonly id: string;
  readonly policy: UrlPolicy;
  readonly labels: MarkdownLabels;
  readonly controls: readonly string[];
  readonly onLink?: ((link: AskedLink) => void) | undefined;
  readonly math?: MathSupport | undefined;
}

/** Reaches every block past its memo, so options are plain data and compared by value. */
export const MarkdownOptionsContext = createContext<MarkdownOptions>({
  id: '',
  policy: {},
  labels: defaultLabels,
  controls: [],
});

export function useMarkdownOptions(): MarkdownOptions {
  return useContext(MarkdownOptionsContext);
}

const anywhere: UrlPolicy = {};
const none: readonly string[] = [];

/**
 * The same object until the values change: written inline, they must not render every block on every delta. They are compared
 * only where the objects are others, which takes longer than reading a delta.
 */
export function useStableOptions({
  policy = anywhere,
  labels,
  controls = none,
  onLink,
  math,
}: MarkdownHost): MarkdownOptions {
  const json = useMemo(
    () => JSON.stringify({ policy, labels: { ...defaultLabels, ...labels }, controls }),
    [policy, labels, controls],
  );
  const id = useId();
  return useMemo(() => ({ ...(JSON.parse(json) as MarkdownOptions), id, onLink, math }), [json, id, onLink, math]);
}
