import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trailer } from '../../../src/core/images/trailer.ts';

describe('a trailer', () => {
  it.each([
    { value: 'Ann <ann@example.org>', line: 'Requested-by: Ann <ann@example.org>' },
    { value: ' Ann\r\nHold: prod:deployment/api app\n', line: 'Requested-by: Ann Hold: prod:deployment/api app' },
    { value: 'Ann\u2028Hold: x\u0085y\u0000z', line: 'Requested-by: Ann Hold: x y z' },
    { value: 'gro.elpmaxe@nnA\u202e\u2066<eve>', line: 'Requested-by: gro.elpmaxe@nnA <eve>' },
    { value: '👩‍💻 آن', line: 'Requested-by: 👩‍💻 آن' },
  ])('of $value is $line', ({ value, line }) => {
    expect(trailer('Requested-by', value)).toBe(line);
  });

  it('is one line that nothing turns around, and stays as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\u2029', '\u202e', '\u200f', ':') }),
        (value) => {
          const line = trailer('Key', value);
          expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
          expect(trailer('Key', line.slice('Key: '.length))).toBe(line);
        },
      ),
    );
  });
});
