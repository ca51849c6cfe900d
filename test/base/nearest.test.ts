import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest, suggestion } from '../../src/base/nearest.ts';

const COMMANDS = ['run', 'scan', 'sync', 'validate'];

describe('the nearest word', () => {
  it.each([
    { word: 'sacn', meant: 'scan' },
    { word: 'scn', meant: 'scan' },
    { word: 'SCAN', meant: 'scan' },
    { word: 'sync ', meant: 'sync' },
    { word: 'valdiate', meant: 'validate' },
    { word: 'verify', meant: undefined },
    { word: '', meant: undefined },
    { word: 'validatevalidate', meant: undefined },
    { word: 'x'.repeat(1_000_000), meant: undefined },
  ])('to $word.length characters "$word" is $meant', ({ word, meant }) => {
    expect(nearest(word, COMMANDS)).toBe(meant);
  });

  it('is the first of those equally near', () => {
    expect(nearest('cat', ['bat', 'rat'])).toBe('bat');
  });

  it('is the word itself wherever it is a candidate', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1 }), fc.nat(), (words, index) => {
        const word = words[index % words.length] ?? '';
        expect(nearest(word, words)).toBe(word);
      }),
    );
  });
});

describe('the suggestion', () => {
  it('names the nearest word, or all of them, or nothing', () => {
    expect(suggestion('snyc', COMMANDS)).toBe("Did you mean 'sync'?");
    expect(suggestion('deploy', COMMANDS)).toBe('Use one of: run, scan, sync, validate.');
    expect(suggestion('deploy', [])).toBeUndefined();
  });
});
