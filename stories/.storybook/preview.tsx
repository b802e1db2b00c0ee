import { DocsContainer, type DocsContainerProps } from '@storybook/addon-docs/blocks';
import type { Decorator, Preview } from '@storybook/react-vite';
import { useEffect, type ReactNode } from 'react';
import { loadLikelyParts } from '../../src/components/lazyParts.js';
import type { Locale } from '../../src/components/language/locale.js';
import { ar } from '../../src/components/locales/ar.js';
import { de } from '../../src/components/locales/de.js';
import { es } from '../../src/components/locales/es.js';
import { fr } from '../../src/components/locales/fr.js';
import { he } from '../../src/components/locales/he.js';
import { it } from '../../src/components/locales/it.js';
import { ja } from '../../src/components/locales/ja.js';
import { ko } from '../../src/components/locales/ko.js';
import { nl } from '../../src/components/locales/nl.js';
import { pt } from '../../src/components/locales/pt.js';
import { zh } from '../../src/components/locales/zh.js';
import '../../src/styles.css';
import garden from '../../src/components/themes/garden.css?inline';
import mono from '../../src/components/themes/mono.css?inline';
import paper from '../../src/components/themes/paper.css?inline';
import { dressPage } from '../support/dressPage.js';

/** English is what a widget speaks without a locale, and then it takes its direction from the page. */
const LOCALES: Readonly<Record<string, Locale | undefined>> = {
  en: undefined,
  ...{ nl, de, fr, es, pt, it, ja, zh, ko, ar, he },
};

const LOOKS: Readonly<Record<string, string>> = { own: '', paper, garden, mono };

/** Direction and text size of the toolbar's are the page's; theme, density and locale are properties of the widget. */
function Page({ heading, isBeside, theme, direction, fontScale, look, children }: PageProps): ReactNode {
  useEffect(() => dressPage({ theme, direction, fontScale }), [theme, direction, fontScale]);
  return (
    <>
      <style>{LOOKS[look]}</style>
      {heading === null ? (
        children
      ) : (
        <>
          <main>
            <h1 className="ac-visually-hidden">{heading}</h1>
            {!isBeside && children}
          </main>
          {isBeside && children}
        </>
      )}
    </>
  );
}

interface PageProps {
  /** `null` on a docs page, which has a heading and a landmark of its own. */
  readonly heading: string | null;
  /** Whether the story is beside the page's content, where script tags put the widget, or a piece of the content. */
  readonly isBeside: boolean;
  readonly look: string;
  readonly theme: string;
  readonly direction: string;
  readonly fontScale: string;
  readonly children: ReactNode;
}

const withPage: Decorator = (Story, { args, globals, title, name, viewMode, parameters }) => {
  const {
    theme = 'light',
    direction = 'ltr',
    density = 'comfortable',
    fontScale = '1',
    locale: language = 'en',
    look = 'own',
  } = globals as Partial<Record<string, string>>;
  const locale = LOCALES[language];
  return (
    <Page
      heading={viewMode === 'docs' ? null : `${title}: ${name}`}
      isBeside={parameters.isBesidePage === true}
      theme={theme}
      direction={locale?.dir === 'rtl' ? 'rtl' : direction}
      fontScale={fontScale}
      look={look}
    >
      <Story args={{ theme, density, ...(locale && { locale }), ...args }} />
    </Page>
  );
};

function DocsPage(props: DocsContainerProps & { readonly children?: ReactNode }): ReactNode {
  return (
    <main>
      <DocsContainer {...props} />
    </main>
  );
}

const preview: Preview = {
  tags: ['autodocs'],
  parameters: { a11y: { test: 'error' }, layout: 'fullscreen', docs: { container: DocsPage } },
  // A story shows a state, not the moment before it.
  loaders: [loadLikelyParts],
  decorators: [withPage],
  globalTypes: {
    theme: { toolbar: { title: 'Theme', icon: 'mirror', items: ['light', 'dark', 'system'], dynamicTitle: true } },
    look: { toolbar: { title: 'Look', icon: 'paintbrush', items: Object.keys(LOOKS), dynamicTitle: true } },
    locale: { toolbar: { title: 'Language', icon: 'globe', items: Object.keys(LOCALES), dynamicTitle: true } },
    direction: { toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true } },
    density: { toolbar: { title: 'Density', icon: 'grid', items: ['comfortable', 'compact'], dynamicTitle: true } },
    fontScale: { toolbar: { title: 'Text size', icon: 'zoom', items: ['1', '1.5', '2'], dynamicTitle: true } },
  },
  initialGlobals: {
    theme: 'light',
    look: 'own',
    locale: 'en',
    direction: 'ltr',
    density: 'comfortable',
    fontScale: '1',
    // Where all stories run as tests, one of the audits has axe look at each of them in every view.
    a11y: { manual: import.meta.env.MODE === 'test' },
  },
};
export default preview;
