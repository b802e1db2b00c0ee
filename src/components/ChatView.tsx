import type { ReactNode } from 'react';
import { Announcer } from './announcer/Announcer.js';
import { Composer } from './composer/Composer.js';
import { ConnectionNotice } from './notices/ConnectionNotice.js';
import { Header } from './shell/Header.js';
import { Launcher } from './shell/Launcher.js';
import { LazyConversationList, LazyMemoryNotice, LazySearchBar, LazyTeaser, LazyUsageLine } from './lazyParts.js';
import { Panel } from './shell/Panel.js';
import { Suggestions } from './composer/Suggestions.js';
import { Transcript } from './transcript/Transcript.js';
import { useSlot } from './useSlot.js';
import { useWidget } from './WidgetContext.js';

/** The widget's usual arrangement: launcher, and a panel of header, transcript, notices and composer. Every piece goes through its slot. */
export function ChatView(): ReactNode {
  const { mode, view, teaser, showUsage } = useWidget();
  const LauncherSlot = useSlot('Launcher', Launcher);
  const HeaderSlot = useSlot('Header', Header);
  const TranscriptSlot = useSlot('Transcript', Transcript);
  const ConnectionNoticeSlot = useSlot('ConnectionNotice', ConnectionNotice);
  const SuggestionsSlot = useSlot('Suggestions', Suggestions);
  const ComposerSlot = useSlot('Composer', Composer);
  return (
    <>
      {(mode === 'bubble' || mode === 'sidebar') && <LauncherSlot />}
      {mode === 'bubble' && teaser !== undefined && <LazyTeaser />}
      <Panel>
        <HeaderSlot />
        {view === 'search' && <LazySearchBar />}
        {view === 'conversations' && <LazyConversationList />}
        {/* Stays where it is under another view, so that it keeps its place and what is being written. */}
        <div className="ac-chat" hidden={view === 'conversations'}>
          <TranscriptSlot />
          <LazyMemoryNotice />
          <ConnectionNoticeSlot />
          {showUsage && <LazyUsageLine />}
          <SuggestionsSlot />
          <ComposerSlot />
        </div>
      </Panel>
      <Announcer />
    </>
  );
}
