// The canvas turns whatever notation the browser computes into bytes.
const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;

/** How light a computed colour is: 0 black, 1 white (WCAG 2.2). */
export function luminance(color: string): number {
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data].map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** How well two computed colours stand out from each other: 1 not at all, 21 black on white (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}
