import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutCommands } from '../../src/host/commands.ts';
import { printableLines } from '../../src/host/printable.ts';

/** What the runner does with each line of output: ActionCommand.TryParseV2 and TryParse. */
function runnerObeys(line: string): boolean {
  return line.replace(/^[\s\u0085]+/, '').startsWith('::') || line.includes('##[');
}

describe('a line for the runner', () => {
  it.each([
    { line: '::error::x', shown: ': :error::x' },
    { line: ' \t ::set-output name=a::b', shown: ' \t : :set-output name=a::b' },
    { line: '\u00a0::error::x', shown: '\u00a0: :error::x' },
    { line: '::::', shown: ': :::' },
    { line: 'a ##[add-mask]b', shown: 'a ## [add-mask]b' },
    { line: '####[group]', shown: '#### [group]' },
    { line: 'Deployment/prod/api configured', shown: 'Deployment/prod/api configured' },
    { line: 'registry::app :: x', shown: 'registry::app :: x' },
    { line: '', shown: '' },
  ])('"$line" is shown as "$shown"', ({ line, shown }) => {
    expect(withoutCommands(line)).toBe(shown);
  });

  it('is never obeyed', () => {
    const text = fc.array(
      fc.oneof(
        fc.constantFrom(':', '::', '##[', '#', '[', ' ', '\t', '\n', '\r', '\u200b', '\u00ad', 'error'),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(text, (pieces) => {
        const lines = printableLines(pieces.join('')).map(withoutCommands);
        expect(lines.filter(runnerObeys)).toEqual([]);
        // A comparison that knows the culture skips soft hyphens and the like: none may be left to hide behind.
        expect(lines.filter((line) => runnerObeys(line.replace(/\p{Cf}/gu, '')))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
