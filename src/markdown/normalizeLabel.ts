/** How the labels of links and definitions are compared: white space collapsed, letters without case. */
export function normalizeLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
}
