import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitArguments } from '../../src/config/arguments.ts';

describe('arguments', () => {
  it.each([
    { name: 'nothing', text: '', words: [] },
    { name: 'blanks', text: ' \t\n ', words: [] },
    {
      name: 'words on several lines',
      text: '--check\n  --cache dir\r\n--json=-',
      words: ['--check', '--cache', 'dir', '--json=-'],
    },
    { name: 'single quotes', text: `'a b' 'c"d' 'e\\f' '$HOME'`, words: ['a b', 'c"d', 'e\\f', '$HOME'] },
    {
      name: 'double quotes',
      text: `"a b" "c'd" "e\\"f" "g\\\\h" "i\\j"`,
      words: ['a b', "c'd", 'e"f', 'g\\h', 'i\\j'],
    },
    { name: 'empty quotes', text: `'' "" a''b`, words: ['', '', 'ab'] },
    { name: 'quotes inside a word', text: `--message='a b'c"d e"`, words: ['--message=a bcd e'] },
    { name: 'a backslash', text: 'a\\ b c\\\\d \\"', words: ['a b', 'c\\d', '"'] },
    { name: 'a joined line', text: 'a\\\nb \\\n c', words: ['ab', 'c'] },
    { name: 'a joined line in double quotes', text: '"a\\\nb"', words: ['ab'] },
    { name: 'a line break in quotes', text: "'a\nb'", words: ['a\nb'] },
    {
      name: 'what a shell would expand',
      text: '$A `b` *.yaml ~ # c {d,e}',
      words: ['$A', '`b`', '*.yaml', '~', '#', 'c', '{d,e}'],
    },
  ])('split $name', ({ text, words }) => {
    expect(splitArguments(text)).toEqual(words);
  });

  it.each([
    { name: 'a single quote', text: "--a 'b", message: 'input arguments has a single quote that is not closed' },
    { name: 'a double quote', text: '--a "b', message: 'input arguments has a double quote that is not closed' },
    {
      name: 'an escaped closing quote',
      text: '"b\\"',
      message: 'input arguments has a double quote that is not closed',
    },
    { name: 'a lone backslash', text: 'a \\', message: 'input arguments ends with a backslash' },
  ])('are refused with $name left open', ({ text, message }) => {
    expect(() => splitArguments(text)).toThrow(expect.objectContaining({ code: 'USAGE_INPUT', message }));
  });

  it('give back what was quoted', () => {
    const quotes = [
      (word: string) => `'${word.replaceAll("'", `'\\''`)}'`,
      (word: string) => `"${word.replace(/["\\$`]/g, '\\$&')}"`,
    ];
    const word = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\r\n', '\n'));
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.constantFrom(...quotes))), (pairs) => {
        const text = pairs.map(([value, quote]) => quote(value)).join(' ');
        expect(splitArguments(text)).toEqual(pairs.map(([value]) => value));
      }),
    );
  });
});
