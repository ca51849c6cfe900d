import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest, nearestFew, suggestion } from '../../src/base/nearest.ts';

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

describe('the nearest few', () => {
  it.each([
    {
      word: 'prod:deployment/apy',
      names: ['prod:deployment/worker', 'prod:deployment/api', 'test:deployment/api'],
      near: ['prod:deployment/api'],
    },
    { word: 'prod:deployment/zzz', names: ['prod:deployment/worker', 'prod:deployment/api'], near: [] },
    { word: 'ghcr.io/acme/shop-wbe', names: ['ghcr.io/acme/shop-web'], near: ['ghcr.io/acme/shop-web'] },
    { word: 'wroker', names: ['worker', 'broker'], near: ['worker', 'broker'] },
    { word: 'prodcution', names: ['production-eu', 'production'], near: ['production'] },
    { word: 'API', names: ['api'], near: ['api'] },
    { word: 'ap', names: ['api', 'app', 'api', 'apx', 'apy'], near: ['api', 'app', 'apx'] },
    { word: 'zebra', names: ['api'], near: [] },
  ])('of $word are $near', ({ word, names, near }) => {
    expect(nearestFew(word, names)).toEqual(near);
  });

  it('begin with the nearest, which is the first of those as near, and hold nothing twice', () => {
    const word = fc.stringMatching(/^[abc/:]{0,8}$/);
    fc.assert(
      fc.property(word, fc.array(word), (wanted, words) => {
        const few = nearestFew(wanted, words);
        expect(few[0]).toBe(nearest(wanted, words));
        expect(new Set(few).size).toBe(few.length);
        for (const each of few) expect(words).toContain(each);
      }),
    );
  });

  it('are found among many names in no time', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `production:deployment/${'service-'.repeat(6)}${index}`);
    const startedMs = performance.now();
    expect(nearestFew(`production:deployment/${'service-'.repeat(6)}x`, names)).toHaveLength(3);
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });
});

describe('the suggestion', () => {
  it('names what is near, or all words, or nothing', () => {
    expect(suggestion('snyc', COMMANDS)).toBe("Did you mean 'sync'?");
    expect(suggestion('ap', ['api', 'app'])).toBe("Did you mean 'api' or 'app'?");
    expect(suggestion('deploy', COMMANDS)).toBe('Use one of: run, scan, sync, validate.');
    expect(suggestion('deploy', [])).toBeUndefined();
  });

  it('lists twenty words at the most', () => {
    const words = Array.from({ length: 22 }, (_, index) => `word-${index}`);
    expect(suggestion('zebra', words)).toBe(`Use one of: ${words.slice(0, 20).join(', ')} and 2 more.`);
  });
});
