import { describe, expect, it } from 'vitest';
import { parseGoDuration } from '../../../src/core/generation/go-duration.ts';

describe('a duration of Go', () => {
  it.each([
    { text: '0', ms: 0 },
    { text: '30s', ms: 30_000 },
    { text: '1m30s', ms: 90_000 },
    { text: '1.5h', ms: 5_400_000 },
    { text: '.5s', ms: 500 },
    { text: '1.s', ms: 1_000 },
    { text: '250ms', ms: 250 },
    { text: '2us', ms: 0.002 },
    { text: '2µs', ms: 0.002 },
    { text: '+2s', ms: 2_000 },
    { text: '-2s', ms: -2_000 },
    { text: '1h1m1s1ms', ms: 3_661_001 },
  ])('is $text', ({ text, ms }) => {
    expect(parseGoDuration(text)).toBeCloseTo(ms, 9);
  });

  it.each(['', '-', '3', '3.5', 's', '.s', '1d', '1 s', '1s ', '1m 30s', '--1s', '1S', 'fast', `${'1s'.repeat(40)}`])(
    'is not %j',
    (text) => {
      expect(parseGoDuration(text)).toBeUndefined();
    },
  );
});
