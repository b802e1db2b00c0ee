import type { Decorator, Preview } from '@storybook/react-vite';
import { useEffect, type ReactNode } from 'react';
import { loadLikelyParts } from '../../src/components/lazyParts.js';
import '../../src/styles.css';

/** The toolbar's direction and text size apply to the page, and the widget inherits them; the theme is a property of the widget. */
function Page({ theme, direction, fontScale, children }: PageProps): ReactNode {
  useEffect(() => {
    const page = document.documentElement;
    page.dir = direction;
    page.style.colorScheme = theme === 'system' ? 'light dark' : theme;
    page.style.setProperty('--ac-font-scale', fontScale);
    document.body.style.background = theme === 'dark' ? '#0e0f11' : '#ffffff';
    document.body.style.color = theme === 'dark' ? '#ececef' : '#1b1c1f';
  }, [theme, direction, fontScale]);
  return children;
}

interface PageProps {
  readonly theme: string;
  readonly direction: string;
  readonly fontScale: string;
  readonly children: ReactNode;
}

const withPage: Decorator = (Story, { args, globals }) => {
  const { theme = 'light', direction = 'ltr', fontScale = '1' } = globals as Partial<Record<string, string>>;
  return (
    <Page theme={theme} direction={direction} fontScale={fontScale}>
      <Story args={{ theme, ...args }} />
    </Page>
  );
};

const preview: Preview = {
  tags: ['autodocs'],
  parameters: { a11y: { test: 'error' }, layout: 'fullscreen' },
  // A story shows a state, not the moment before it.
  loaders: [loadLikelyParts],
  decorators: [withPage],
  globalTypes: {
    theme: { toolbar: { title: 'Theme', icon: 'mirror', items: ['light', 'dark', 'system'], dynamicTitle: true } },
    direction: { toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true } },
    fontScale: { toolbar: { title: 'Text size', icon: 'zoom', items: ['1', '1.5', '2'], dynamicTitle: true } },
  },
  initialGlobals: { theme: 'light', direction: 'ltr', fontScale: '1' },
};
export default preview;
