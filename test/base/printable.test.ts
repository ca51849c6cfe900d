import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, printable } from '../../src/base/printable.ts';

describe('printable', () => {
  it.each([
    { name: 'an escape sequence', text: '\u001b[31mred', shown: '\uFFFD[31mred' },
    { name: 'line breaks', text: 'one\r\ntwo', shown: 'one\uFFFD\uFFFDtwo' },
    { name: 'a change of direction', text: 'a\u202Eb', shown: 'a\uFFFDb' },
    { name: 'ordinary text', text: 'größe/日本 🚢.yaml', shown: 'größe/日本 🚢.yaml' },
  ])('shows $name safely', ({ text, shown }) => {
    expect(printable(text)).toBe(shown);
  });

  it('cuts after 120 characters, or where it is told', () => {
    expect(printable('x'.repeat(1000))).toBe(`${'x'.repeat(120)}…`);
    expect(printable('x'.repeat(1000), { longest: 3 })).toBe('xxx…');
  });

  it('never lets a control character through', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/\p{Cc}/u.test(printable(text))));
  });
});

describe('one line', () => {
  it.each([
    { name: 'line breaks and tabs', text: ' one\r\n\n  two\tthree ', shown: 'one two three' },
    { name: 'an escape sequence', text: '\u001b[31mred', shown: '\uFFFD[31mred' },
    { name: 'a change of direction', text: 'a\u202Eb', shown: 'a\uFFFDb' },
    { name: 'half a character', text: 'a\ud83d', shown: 'a\uFFFD' },
    { name: 'emoji that are joined', text: '👩\u200D🔧', shown: '👩\u200D🔧' },
    { name: 'nothing', text: ' \n ', shown: '' },
  ])('shows $name safely', ({ text, shown }) => {
    expect(oneLine(text)).toBe(shown);
  });

  it('is as long as it is told, by characters', () => {
    expect(oneLine('🚢'.repeat(10), { longest: 4 })).toBe('🚢🚢🚢…');
    expect(oneLine('🚢'.repeat(4), { longest: 4 })).toBe('🚢🚢🚢🚢');
    expect(oneLine('x'.repeat(10_000_000))).toHaveLength(1_000);
  });
});
