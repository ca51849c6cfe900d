/** What every order must be. */
import fc from 'fast-check';
import { expect } from 'vitest';

/** Fails unless `compare` is reflexive, antisymmetric and transitive over `values`, and answers with a number always. */
export function expectTotalOrder<T>(values: fc.Arbitrary<T>, compare: (a: T, b: T) => number): void {
  fc.assert(
    fc.property(values, values, values, (a, b, c) => {
      const order = (x: T, y: T) => Math.sign(compare(x, y)) || 0;
      expect([-1, 0, 1]).toContain(order(a, b));
      expect(order(a, a)).toBe(0);
      expect(order(a, b) + order(b, a)).toBe(0);
      if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0);
      if (order(a, b) === 0) expect(order(a, c)).toBe(order(b, c));
    }),
    { numRuns: 2_000 },
  );
}
