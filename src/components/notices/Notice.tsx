import type { ReactNode } from 'react';
import { CircleAlert, Info, WifiOff, type LucideIcon } from 'lucide-react';

const ICONS: Readonly<Record<NoticeTone, LucideIcon>> = { error: CircleAlert, info: Info, connection: WifiOff };

/** What a notice is about: something failed, something is worth knowing, or the connection is gone. */
export type NoticeTone = 'error' | 'info' | 'connection';

/** A sentence for the visitor, with what they can do about it. Renders a `<div>`. It is not a live region: the announcer speaks. */
export function Notice({ tone = 'info', children, actions, details }: NoticeProps): ReactNode {
  const Icon = ICONS[tone];
  return (
    <div className="ac-notice" data-ac="notice" data-tone={tone}>
      <Icon className="ac-icon ac-notice-icon" aria-hidden="true" />
      <div className="ac-notice-body">
        <div className="ac-notice-line">
          <span className="ac-notice-text">{children}</span>
          {actions}
        </div>
        {details}
      </div>
    </div>
  );
}

export interface NoticeProps {
  /** @default 'info' */
  readonly tone?: NoticeTone;
  readonly children: ReactNode;
  /** Buttons beside the sentence. */
  readonly actions?: ReactNode;
  /** More, for those who want to know. */
  readonly details?: ReactNode;
}
