// @ts-check
// Runs inside the page, so it imports nothing.

/**
 * Gives the page around a story what the toolbar says. Direction and text size are the page's, and the widget inherits them.
 *
 * @param {{ readonly theme: string, readonly direction: string, readonly fontScale?: string }} look
 */
export function dressPage({ theme, direction, fontScale = '1' }) {
  const page = document.documentElement;
  page.dir = direction;
  page.style.colorScheme = theme === 'system' ? 'light dark' : theme;
  page.style.setProperty('--ac-font-scale', fontScale);
  document.body.style.background = theme === 'dark' ? '#0e0f11' : '#ffffff';
  document.body.style.color = theme === 'dark' ? '#ececef' : '#1b1c1f';
}
