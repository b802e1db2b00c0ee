import { useCallback, useState, type ReactNode } from 'react';
import type { AskedLink } from '../../markdown/MarkdownOptions.js';

/** The question before a link is opened. It is loaded when the first link is followed. */
export function useLinkCard(): { readonly card: ReactNode; readonly askLink: (link: AskedLink) => void } {
  const [card, setCard] = useState<ReactNode>(null);
  const askLink = useCallback((link: AskedLink) => {
    import('./openLink.js').then(
      ({ openLink }) => openLink(link, setCard),
      // Without a network, say: the browser's own question says the same.
      () => confirm(link.url) && window.open(link.url, '_blank', 'noopener,noreferrer'),
    );
  }, []);
  return { card, askLink };
}
