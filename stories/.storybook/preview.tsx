import type { Decorator, Preview } from '@storybook/react-vite';
import { useEffect } from 'react';
import '../../src/styles.css';

/** The toolbar's theme and direction apply to the page; the widget follows the page. */
const withPage: Decorator = (Story, { globals }) => {
  const theme = String(globals['theme'] ?? 'light');
  const direction = String(globals['direction'] ?? 'ltr');
  const fontScale = String(globals['fontScale'] ?? '1');
  useEffect(() => {
    const page = document.documentElement;
    page.dir = direction;
    page.style.colorScheme = theme === 'system' ? 'light dark' : theme;
    page.style.setProperty('--ac-font-scale', fontScale);
    document.body.style.background = theme === 'dark' ? '#0e0f11' : '#ffffff';
    document.body.style.color = theme === 'dark' ? '#ececef' : '#1b1c1f';
  }, [theme, direction, fontScale]);
  return <Story />;
};

const preview: Preview = {
  tags: ['autodocs'],
  parameters: { a11y: { test: 'error' }, layout: 'fullscreen' },
  decorators: [withPage],
  globalTypes: {
    theme: { toolbar: { title: 'Theme', icon: 'mirror', items: ['light', 'dark', 'system'], dynamicTitle: true } },
    direction: { toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true } },
    fontScale: { toolbar: { title: 'Text size', icon: 'zoom', items: ['1', '1.5', '2'], dynamicTitle: true } },
  },
  initialGlobals: { theme: 'light', direction: 'ltr', fontScale: '1' },
};
export default preview;
