import { createElement, type ReactNode } from 'react';
import type { AskedLink } from '../../markdown/MarkdownOptions.js';
import { describeLink } from './describeLink.js';
import { isDeceptive, LinkCard } from './LinkCard.js';

/** Hosts that the visitor has opened a link to since the page was loaded. */
const openedHosts = new Set<string>();

/**
 * Opens a link in a new tab after the visitor has seen where it leads. Asked once per host and page, because nobody reads a question for the tenth
 * time; a link that pretends to lead elsewhere is asked about each time.
 *
 * @param show - puts the question on the screen, or takes it away.
 */
export function openLink(link: AskedLink, show: (card: ReactNode) => void): void {
  const { url, element } = link;
  const { host } = new URL(url);
  const about = describeLink(url, element.textContent ?? '');
  if (openedHosts.has(host) && !isDeceptive(about)) {
    open(url);
    return;
  }
  const onClose = (isConfirmed: boolean): void => {
    show(null);
    if (!isConfirmed) return;
    openedHosts.add(host);
    open(url);
  };
  show(createElement(LinkCard, { link, about, onClose }));
}

function open(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer');
}
