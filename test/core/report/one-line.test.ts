import { describe, expect, it } from 'vitest';
import { summarizeInOneLine } from '../../../src/core/report/one-line.ts';
import { cluster, environment, image, object, report } from './reports.ts';

describe('a run in one line', () => {
  it('counts a commit once, though several environments share it', () => {
    const commits = [{ sha: 'a'.repeat(40), branch: 'main', message: 'm' }];
    const environments = ['a', 'b'].map((name) => environment({ name, commits, images: [image('updated')] }));
    expect(summarizeInOneLine(report({ environments }))).toBe(
      'done: 2 images updated, 1 commit (no requests) in 1.0 s',
    );
  });

  it('counts a commit that is only planned once for its branch', () => {
    const planned = (branch: string) => environment({ name: branch, commits: [{ sha: '', branch, message: 'm' }] });
    const environments = ['main', 'main', 'other'].map(planned);
    expect(summarizeInOneLine(report({ environments, dryRun: true }))).toBe(
      'would change: 2 commits (no requests) in 1.0 s',
    );
  });

  it('adds up the requests of all registries and clusters', () => {
    const environments = [environment({ clusters: [cluster([object('unchanged')]), cluster([object('unchanged')])] })];
    const registries = { 'ghcr.io': { requests: 3 }, 'docker.io': { requests: 4 } };
    const line = summarizeInOneLine(
      report({ outcome: 'unchanged', environments, registries, github: { requests: 5 } }),
    );
    expect(line).toBe(
      'nothing to do: 0 images and 2 objects up to date (14 requests: 7 to registries, 2 to clusters, 5 to GitHub) in 1.0 s',
    );
  });

  it.each([
    { durationMs: 0, time: '0.0 s' },
    { durationMs: 949, time: '0.9 s' },
    { durationMs: 9_999, time: '10.0 s' },
    { durationMs: 10_000, time: '10 s' },
    { durationMs: 125_400, time: '125 s' },
  ])('says $durationMs ms as $time', ({ durationMs, time }) => {
    expect(summarizeInOneLine(report({ outcome: 'unchanged', durationMs }))).toMatch(new RegExp(` in ${time}$`));
  });
});
