import { describe, expect, it } from 'vitest';
import { branchHint } from '../../src/repository/branch-name.ts';

describe('branchHint', () => {
  it.each([
    {
      name: 'a missing letter',
      wanted: 'prodution',
      existing: ['main', 'production'],
      hint: "Did you mean 'production'?",
    },
    { name: 'letter case', wanted: 'Main', existing: ['develop', 'main'], hint: "Did you mean 'main'?" },
    {
      name: 'the nearest of several',
      wanted: 'staging-2',
      existing: ['staging-10', 'staging-1'],
      hint: "Did you mean 'staging-1'?",
    },
    {
      name: 'nothing near',
      wanted: 'production',
      existing: ['main', 'qa'],
      hint: 'Use a branch that the remote has: main, qa.',
    },
    { name: 'no branches', wanted: 'main', existing: [], hint: 'Push a first commit: the remote has no branches yet.' },
    {
      name: 'hostile names',
      wanted: 'production',
      existing: ['a\u001b[2Jb'],
      hint: 'Use a branch that the remote has: a\uFFFD[2Jb.',
    },
  ])('is helpful for $name', ({ wanted, existing, hint }) => {
    expect(branchHint(wanted, existing, undefined)).toBe(hint);
  });

  it('does not compare with thousands of very long names', () => {
    const existing = Array.from({ length: 5_000 }, (_, index) => `${'x'.repeat(240)}${index}`);
    expect(branchHint('x'.repeat(243), existing, undefined)).toContain('and 4995 more');
  });
});
