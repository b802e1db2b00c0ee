import { useMemo, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { BookOpen } from 'lucide-react';
import type { AgentMessage } from '../../core/message.js';
import { isLinkAllowed, safeUrl } from '../../markdown/safeUrl.js';
import { Disclosure } from '../controls/Disclosure.js';
import { readSources, type Source } from './readSources.js';
import { revealControls } from '../controls/revealControls.js';
import { useWidget } from '../WidgetContext.js';

/** What an answer is based on: one quiet line that opens as a list. Renders nothing where nothing is known. */
export function SourceList({ message }: SourceListProps): ReactNode {
  const { labels, sources: ask = readSources } = useWidget();
  const sources = useMemo(() => ask(message), [ask, message]);
  if (sources.length === 0) return null;
  return (
    <Disclosure part="sources" icon={<BookOpen className="ac-icon" />} title={labels.sources(sources.length)}>
      {() => (
        <ol className="ac-sources">
          {sources.map((source, position) => (
            <li key={position} className="ac-source">
              <SourceLine source={source} />
            </li>
          ))}
        </ol>
      )}
    </Disclosure>
  );
}

export interface SourceListProps {
  readonly message: AgentMessage;
}

/** Opens as every link of the agent's does: at once where the host vouches for it, else after a question. Until then no address is in the document. */
function SourceLine({ source }: { readonly source: Source }): ReactNode {
  const { policy, askLink } = useWidget();
  const url = safeUrl(source.url ?? '', policy);
  const title = revealControls(source.title ?? '').trim();
  if (!url?.startsWith('http')) return <bdi>{title}</bdi>;
  const { host } = new URL(url);
  const ask = (event: MouseEvent<HTMLElement> | KeyboardEvent<HTMLElement>): void => {
    event.preventDefault();
    askLink({ url, element: event.currentTarget });
  };
  const link = isLinkAllowed(url, policy)
    ? { href: url, target: '_blank', rel: 'noopener noreferrer nofollow ugc' }
    : {
        role: 'link',
        tabIndex: 0,
        'aria-haspopup': 'dialog' as const,
        onClick: ask,
        onKeyDown: (event: KeyboardEvent<HTMLElement>) => event.key === 'Enter' && ask(event),
      };
  // The host is part of the name: a page that is called "Approve" does not pass for a button of the widget.
  return (
    <a className="ac-source-link" {...link}>
      <bdi className="ac-md-link">{title || host}</bdi>
      {title !== '' && (
        <>
          {' '}
          <span className="ac-source-host">{host}</span>
        </>
      )}
    </a>
  );
}
