import type { ReactNode } from 'react';
import { formatDateTime, formatTime } from '../language/formatTime.js';
import { useWidget } from '../WidgetContext.js';

/** When a message was written: the time of day to see, the whole date to hear and to point at. Renders a `<time>`. */
export function MessageTime({ time }: MessageTimeProps): ReactNode {
  const { language } = useWidget();
  const whole = formatDateTime(time, language);
  return (
    <time className="ac-time" dateTime={new Date(time).toISOString()} title={whole}>
      <span aria-hidden="true" dir="auto">
        {formatTime(time, language)}
      </span>
      <span className="ac-visually-hidden">{whole}</span>
    </time>
  );
}

export interface MessageTimeProps {
  /** Epoch milliseconds. */
  readonly time: number;
}
