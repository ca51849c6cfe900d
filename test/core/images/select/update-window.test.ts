import { describe, expect, it } from 'vitest';
import { isOpen, renderWindows, type UpdateWindow } from '../../../../src/core/images/select/update-window.ts';

const office: UpdateWindow = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  fromMinute: 9 * 60,
  toMinute: 16 * 60 + 30,
  timeZone: 'Europe/Oslo',
};
const night: UpdateWindow = { days: ['fri'], fromMinute: 22 * 60, toMinute: 2 * 60, timeZone: 'UTC' };
const allDay: UpdateWindow = { days: ['sun'], fromMinute: 0, toMinute: 1440, timeZone: 'UTC' };

describe('update windows', () => {
  it.each([
    { name: 'without any window it is always open', windows: [], at: '2026-11-21T03:00:00Z', open: true },
    { name: 'a working day inside, in local time', windows: [office], at: '2026-11-20T08:00:00Z', open: true },
    {
      name: 'a working day before it begins, in local time',
      windows: [office],
      at: '2026-11-20T07:59:00Z',
      open: false,
    },
    { name: 'the minute at which it ends is outside', windows: [office], at: '2026-11-20T15:30:00Z', open: false },
    { name: 'the minute before it ends is inside', windows: [office], at: '2026-11-20T15:29:59Z', open: true },
    { name: 'summer time moves the window with the zone', windows: [office], at: '2026-07-03T07:00:00Z', open: true },
    { name: 'a day that is not named', windows: [office], at: '2026-11-21T09:00:00Z', open: false },
    { name: 'over midnight, on the day it begins', windows: [night], at: '2026-11-20T23:00:00Z', open: true },
    { name: 'over midnight, on the day after', windows: [night], at: '2026-11-21T01:59:00Z', open: true },
    { name: 'over midnight, after its end', windows: [night], at: '2026-11-21T02:00:00Z', open: false },
    {
      name: 'over midnight, not on the morning of the day it begins',
      windows: [night],
      at: '2026-11-20T01:00:00Z',
      open: false,
    },
    { name: 'a whole day, first minute', windows: [allDay], at: '2026-11-22T00:00:00Z', open: true },
    { name: 'a whole day, last minute', windows: [allDay], at: '2026-11-22T23:59:00Z', open: true },
    { name: 'a whole day, not the next one', windows: [allDay], at: '2026-11-23T00:00:00Z', open: false },
    { name: 'one of several is enough', windows: [office, allDay], at: '2026-11-22T12:00:00Z', open: true },
  ])('$name', ({ windows, at, open }) => {
    expect(isOpen(windows, Date.parse(at))).toBe(open);
  });

  it('are written as people write them', () => {
    expect(renderWindows([office, night])).toBe('mon–fri 09:00–16:30 Europe/Oslo, fri 22:00–02:00 UTC');
  });
});
