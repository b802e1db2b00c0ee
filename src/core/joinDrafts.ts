/** An older draft and what was typed before it was back: both, the older one first. What is typed on goes on at the end. */
export function joinDrafts(older: string, typed: string): string {
  return older === '' || typed === '' ? older + typed : `${older}\n${typed}`;
}
