import { ENGLISH } from './english.js';
import type { LabelOverrides, Labels } from './labels.js';

/** English, with what each table says in its place. Later tables win; the nested ones are merged as well, so that one error replaces one sentence. */
export function mergeLabels(...tables: readonly (LabelOverrides | undefined)[]): Labels {
  return tables.reduce<Labels>(
    (merged, table) => ({
      ...merged,
      ...table,
      markdown: { ...merged.markdown, ...table?.markdown },
      links: { ...merged.links, ...table?.links },
      errors: { ...merged.errors, ...table?.errors },
    }),
    ENGLISH,
  );
}
