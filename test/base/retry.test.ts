import { describe, expect, it } from 'vitest';
import { backoffMs, retryAfterMs } from '../../src/base/retry.ts';

describe('Retry-After', () => {
  const nowMs = Date.UTC(2024, 0, 1);
  it.each([
    { header: '7', ms: 7000 },
    { header: ' 0 ', ms: 0 },
    { header: '86400', ms: 86_400_000 },
    { header: 'Mon, 01 Jan 2024 00:00:05 GMT', ms: 5000 },
    { header: 'Sun, 31 Dec 2023 23:00:00 GMT', ms: 0 },
    { header: '-1', ms: undefined },
    { header: '1.5', ms: undefined },
    { header: 'soon', ms: undefined },
    { header: '2024', ms: 2_024_000 },
    { header: 'Mon', ms: undefined },
    { header: '', ms: undefined },
    { header: null, ms: undefined },
  ])('of $header is $ms', ({ header, ms }) => {
    expect(retryAfterMs(header, nowMs)).toBe(ms);
  });
});

describe('the pause between attempts', () => {
  it('doubles', () => {
    expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, 300))).toEqual([300, 600, 1200, 2400]);
    expect(backoffMs(1000, 1)).toBe(1024);
  });
});
