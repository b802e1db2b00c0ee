/** Making one takes a hundred times as long as using it, and a long conversation uses two for every message. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(time: number, language: string, options: Intl.DateTimeFormatOptions): string {
  const key = language + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(language, options)));
  return made.format(time);
}

/** The time of day as the language writes it: `9:30 AM`, `09:30`. `time` in epoch milliseconds. */
export function formatTime(time: number, language: string): string {
  return format(time, language, { timeStyle: 'short' });
}

/** Day and time in full, for those who want to know exactly. */
export function formatDateTime(time: number, language: string): string {
  return format(time, language, { dateStyle: 'full', timeStyle: 'short' });
}

/** A day as short as it is clear: "today", "yesterday", a weekday within a week, else the date. */
export function formatDay(time: number, language: string, now: number = Date.now()): string {
  const daysAgo = Math.round((startOfDay(now) - startOfDay(time)) / DAY);
  if (daysAgo === 0 || daysAgo === 1) {
    const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-daysAgo, 'day');
    return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
  }
  if (daysAgo > 1 && daysAgo < 7) return format(time, language, { weekday: 'long' });
  const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(time, language, { day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) });
}

/** Midnight before, where the visitor is. */
function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

const DAY = 86_400_000;
