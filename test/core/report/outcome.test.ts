import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/base/errors.ts';
import { exitCodeOf, outcomeOf, worthTelling } from '../../../src/core/report/outcome.ts';
import type { EnvironmentReport, Outcome } from '../../../src/core/report/report.ts';
import { cluster, environment, image, object, report } from './reports.ts';

function problem(severity: Problem['severity'], code = 'X'): Problem {
  return { severity, code, message: 'said' };
}

const COMMIT = { sha: 'a'.repeat(40), branch: 'main', message: 'm' };

describe('the outcome', () => {
  it.each<{ name: string; environments: EnvironmentReport[]; problems?: Problem[]; outcome: Outcome }>([
    { name: 'nothing at all', environments: [], outcome: 'unchanged' },
    {
      name: 'nothing but what stayed as it was or was skipped',
      environments: [
        environment({
          images: [image('unchanged'), image('skipped')],
          clusters: [cluster([object('unchanged'), object('skipped')])],
        }),
      ],
      outcome: 'unchanged',
    },
    { name: 'an updated image', environments: [environment({ images: [image('updated')] })], outcome: 'changed' },
    { name: 'a commit', environments: [environment({ commits: [COMMIT] })], outcome: 'changed' },
    {
      name: 'a created object',
      environments: [environment({ clusters: [cluster([object('created')])] })],
      outcome: 'changed',
    },
    {
      name: 'a configured object',
      environments: [environment({ clusters: [cluster([object('configured')])] })],
      outcome: 'changed',
    },
    {
      name: 'a deleted object',
      environments: [environment({ clusters: [cluster([object('deleted')])] })],
      outcome: 'changed',
    },
    { name: 'a warning', environments: [], problems: [problem('warning')], outcome: 'unchanged' },
    { name: 'an error', environments: [], problems: [problem('error')], outcome: 'failed' },
    {
      name: 'a failed image among updated ones',
      environments: [environment({ images: [image('updated'), image('failed')] })],
      outcome: 'failed',
    },
    {
      name: 'a failed object in the last cluster',
      environments: [
        environment(),
        environment({ clusters: [cluster([object('created')]), cluster([object('failed')])] }),
      ],
      outcome: 'failed',
    },
  ])('of $name is $outcome', ({ environments, problems = [], outcome }) => {
    expect(outcomeOf({ environments, problems })).toBe(outcome);
  });
});

describe('the exit code', () => {
  it.each<{ outcome: Outcome; check: boolean; problems?: Problem[]; code: number }>([
    { outcome: 'unchanged', check: false, code: 0 },
    { outcome: 'unchanged', check: true, code: 0 },
    { outcome: 'changed', check: false, code: 0 },
    { outcome: 'changed', check: true, code: 3 },
    { outcome: 'failed', check: false, code: 1 },
    { outcome: 'failed', check: true, code: 1 },
    { outcome: 'failed', check: true, problems: [problem('error', 'REGISTRY_UNREACHABLE')], code: 1 },
    { outcome: 'failed', check: false, problems: [problem('error', 'CONFIG_VALUE')], code: 2 },
    { outcome: 'failed', check: true, problems: [problem('error', 'USAGE_UNKNOWN_ENVIRONMENT')], code: 2 },
    { outcome: 'failed', check: false, problems: [problem('warning', 'CONFIG_POLICY')], code: 1 },
    { outcome: 'changed', check: true, problems: [problem('warning', 'CONFIG_POLICY')], code: 3 },
  ])('of $outcome (check: $check) with $problems is $code', ({ outcome, check, problems = [], code }) => {
    expect(exitCodeOf({ report: report({ outcome, problems }), check })).toBe(code);
  });
});

describe('people', () => {
  it.each<{ outcome: Outcome; dryRun: boolean; told: boolean }>([
    { outcome: 'unchanged', dryRun: false, told: false },
    { outcome: 'changed', dryRun: false, told: true },
    { outcome: 'failed', dryRun: false, told: true },
    { outcome: 'changed', dryRun: true, told: false },
    { outcome: 'failed', dryRun: true, told: false },
  ])('are told of $outcome (dry run: $dryRun): $told', ({ outcome, dryRun, told }) => {
    expect(worthTelling(report({ outcome, dryRun }))).toBe(told);
  });
});
