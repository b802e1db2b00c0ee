import type { ReactNode } from 'react';
import { formatDay } from '../language/formatTime.js';
import { useWidget } from '../WidgetContext.js';

/** The day on which the messages below it were written. Renders a `<p>`. */
export function DayDivider({ time }: DayDividerProps): ReactNode {
  const { language } = useWidget();
  return (
    <p className="ac-day" data-ac="day">
      <time dateTime={new Date(time).toISOString()}>{formatDay(time, language)}</time>
    </p>
  );
}

export interface DayDividerProps {
  /** Epoch milliseconds. */
  readonly time: number;
}
