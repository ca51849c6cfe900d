import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitSummary, SUMMARY_BYTES } from '../../src/host/summary.ts';

describe('the job summary', () => {
  it('is left as it is where it fits', () => {
    const markdown = 'x'.repeat(SUMMARY_BYTES);
    expect(fitSummary(markdown, 0)).toBe(markdown);
    expect(fitSummary('# Title\n', 100)).toBe('# Title\n');
  });

  it('is cut after a whole line, with a notice', () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `| row ${index} | ${'é'.repeat(20)} |`);
    const fitted = fitSummary(rows.join('\n'), 0);
    const kept = fitted.split('\n').filter((line) => line.startsWith('|'));
    expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(SUMMARY_BYTES);
    expect(Buffer.byteLength(fitted)).toBeGreaterThan(SUMMARY_BYTES - 400);
    expect(kept).toEqual(rows.slice(0, kept.length));
    expect(fitted).toMatch(/\n_The summary is cut here/);
  });

  it('counts what the step wrote before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: SUMMARY_BYTES - 500, max: SUMMARY_BYTES + 10 }),
        fc.string({ minLength: 1, maxLength: 600 }),
        (used, text) => {
          const fitted = fitSummary(text, used);
          expect(fitted === '' || used + Buffer.byteLength(fitted) <= SUMMARY_BYTES).toBe(true);
        },
      ),
    );
  });
});
