/** When updates may happen. */

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** A time of the week. With `toMinute` ≤ `fromMinute` it ends on the day after. */
export interface UpdateWindow {
  /** The days on which it begins; never empty. */
  readonly days: readonly Weekday[];
  /** Minutes since midnight, local time of the zone. */
  readonly fromMinute: number;
  /** 1440 for the midnight at which the day ends. */
  readonly toMinute: number;
  /** IANA name. */
  readonly timeZone: string;
}

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Whether `nowMs` (milliseconds since the epoch) lies in one of `windows`; without any, always. */
export function isOpen(windows: readonly UpdateWindow[], nowMs: number): boolean {
  return windows.length === 0 || windows.some((window) => contains(window, nowMs));
}

/** `mon–fri 09:00–16:30 Europe/Oslo`, several joined by `, `. */
export function renderWindows(windows: readonly UpdateWindow[]): string {
  return windows
    .map(
      ({ days, fromMinute, toMinute, timeZone }) =>
        `${renderDays(days)} ${clock(fromMinute)}–${clock(toMinute)} ${timeZone}`,
    )
    .join(', ');
}

function contains(window: UpdateWindow, nowMs: number): boolean {
  const { day, minute } = localTime(nowMs, window.timeZone);
  const { days, fromMinute, toMinute } = window;
  if (fromMinute < toMinute) return days.includes(day) && minute >= fromMinute && minute < toMinute;
  const dayBefore = WEEKDAYS[(WEEKDAYS.indexOf(day) + 6) % 7];
  if (days.includes(day) && minute >= fromMinute) return true;
  return dayBefore !== undefined && days.includes(dayBefore) && minute < toMinute;
}

function localTime(nowMs: number, timeZone: string): { day: Weekday; minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(nowMs).map((part) => [part.type, part.value]));
  const day = WEEKDAYS.find((name) => name === parts.get('weekday')?.toLowerCase());
  if (day === undefined) throw new Error(`no weekday in ${timeZone}`);
  return { day, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

function renderDays(days: readonly Weekday[]): string {
  const sorted = WEEKDAYS.filter((day) => days.includes(day));
  const first = WEEKDAYS.indexOf(sorted[0] ?? 'mon');
  const isRun = sorted.length > 2 && sorted.every((day, index) => WEEKDAYS.indexOf(day) === first + index);
  return isRun ? `${sorted[0]}–${sorted.at(-1)}` : sorted.join(' ');
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
