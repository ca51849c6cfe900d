import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob } from '../../../../src/core/images/select/glob.ts';
import table from '../../../fixtures/selection/go/glob.json' with { type: 'json' };

describe('compileGlob', () => {
  it.each(table.rows)('$pattern matches what go-glob matches', ({ pattern, matches }) => {
    expect(table.texts.filter(compileGlob(pattern))).toEqual(matches);
  });

  it('agrees with the plain definition', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (glob, subject) => {
        expect(compileGlob(glob)(subject)).toBe(matchesSlowly(glob, subject));
      }),
      { numRuns: 5_000 },
    );
  });

  it('does not go back: a star for each character over tags that almost match', () => {
    const matches = compileGlob(`${'*a'.repeat(60)}*b`);
    let matched = 0;
    for (let index = 0; index < 100_000; index += 1) matched += Number(matches('a'.repeat(128)));
    expect(matched).toBe(0);
  });
});

function matchesSlowly(pattern: string, text: string): boolean {
  const head = pattern[0];
  if (head === undefined) return text === '';
  const rest = pattern.slice(1);
  if (head !== '*') return text[0] === head && matchesSlowly(rest, text.slice(1));
  return matchesSlowly(rest, text) || (text !== '' && matchesSlowly(pattern, text.slice(1)));
}
