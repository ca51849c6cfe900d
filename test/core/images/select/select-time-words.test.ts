import { describe, expect, it } from 'vitest';
import { readableTime, renderSpan, renderTime } from '../../../../src/core/images/select/build-time.ts';

describe('readableTime', () => {
  it('begins with year 2 and ends where dates end', () => {
    expect(readableTime(Date.parse('0001-12-31T23:59:59.999Z'))).toBeUndefined();
    expect(readableTime(Date.parse('0002-01-01T00:00:00Z'))).toBe(-62_104_060_800_000);
    expect(readableTime(8_640_000_000_000_000)).toBe(8_640_000_000_000_000);
    expect(readableTime(8_640_000_000_000_001)).toBeUndefined();
  });

  it('prints every time that is readable', () => {
    expect(renderTime(-62_104_060_800_000)).toBe('0002-01-01T00:00:00Z');
    expect(renderTime(8_640_000_000_000_000)).toBe('+275760-09-13T00:00:00Z');
    expect(renderTime(Date.parse('2026-08-22T10:00:00.123Z'))).toBe('2026-08-22T10:00:00Z');
  });
});

describe('renderSpan', () => {
  it.each([
    { ms: 0, text: '0 s' },
    { ms: -5_000, text: '0 s' },
    { ms: 999, text: '0 s' },
    { ms: 90_000, text: '1 min 30 s' },
    { ms: 3_600_000, text: '1 h' },
    { ms: 3_605_000, text: '1 h' },
    { ms: 86_400_000 + 3_600_000 + 60_000, text: '1 d 1 h' },
    { ms: 3 * 86_400_000, text: '3 d' },
  ])('$ms ms: $text', ({ ms, text }) => {
    expect(renderSpan(ms)).toBe(text);
  });
});
