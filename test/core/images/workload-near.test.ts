import { describe, expect, it } from 'vitest';
import { hintFor, nearNames } from '../../../src/core/images/workload-near.ts';

describe('near names', () => {
  it.each([
    {
      word: 'prod:deployment/apy',
      names: ['prod:deployment/api', 'prod:deployment/worker'],
      near: ['prod:deployment/api'],
    },
    { word: 'wroker', names: ['worker', 'broker'], near: ['worker', 'broker'] },
    { word: 'API', names: ['api'], near: ['api'] },
    { word: 'ap', names: ['api', 'app', 'apx', 'apy'], near: ['api', 'app', 'apx'] },
    { word: 'frontent-service', names: ['frontend-service', 'frontend-job'], near: ['frontend-service'] },
    { word: 'zebra', names: ['api', 'api'], near: [] },
  ])('of $word are $near', ({ word, names, near }) => {
    expect(nearNames(word, names)).toEqual(near);
  });

  it('are a hint, or else all names are where they are few', () => {
    expect(hintFor('ap', ['api', 'app'])).toBe('Did you mean api or app?');
    expect(hintFor('zebra', ['api', 'api'])).toBe('Use one of: api.');
    expect(hintFor('zebra', [])).toBeUndefined();
  });
});
