/**
 * The order of a conversation's messages: this page's, and at their places those that another tab has added since. What this page knew and dropped stays dropped.
 *
 * @param kept - the order that is kept.
 * @param known - what this page knew to be kept.
 */
export function mergeIds(
  mine: readonly string[],
  kept: readonly string[],
  known: { has(id: string): boolean } = new Set(),
): readonly string[] {
  const merged = [...mine];
  const present = new Set(mine);
  kept.forEach((id, index) => {
    if (present.has(id) || known.has(id)) return;
    present.add(id);
    merged.splice(index === 0 ? 0 : merged.indexOf(kept[index - 1]!) + 1, 0, id);
  });
  return merged;
}
