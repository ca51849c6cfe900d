/** Reports for tests. */
import fc from 'fast-check';
import type { ClusterReport, EnvironmentReport, ImageRow, ObjectRow, Report } from '../../../src/core/report/report.ts';

export function report(parts: Partial<Report> = {}): Report {
  return {
    command: 'run',
    outcome: 'changed',
    durationMs: 1000,
    dryRun: false,
    environments: [],
    registries: {},
    github: { requests: 0 },
    problems: [],
    ...parts,
  };
}

export function environment(parts: Partial<EnvironmentReport> = {}): EnvironmentReport {
  return { name: 'production', images: [], commits: [], clusters: [], ...parts };
}

export function cluster(objects: readonly ObjectRow[]): ClusterReport {
  return { name: 'weekly-1', objects, requests: 1 };
}

export function object(action: ObjectRow['action'], subject = 'Deployment/prod/api'): ObjectRow {
  return { subject, action, reason: '' };
}

export function image(action: ImageRow['action'], subject = 'Deployment/prod/api'): ImageRow {
  const reason = action === 'updated' ? '' : 'because';
  return { subject, container: 'api', image: 'ghcr.io/acme/api', from: '1', to: '2', action, reason };
}

/** Text that means something to Markdown, Slack, HTML, terminals or the runner, wherever it can. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '|',
        '`',
        '``',
        '*',
        '_',
        '~',
        '<',
        '>',
        '&',
        '[',
        ']',
        '(',
        ')',
        '\\',
        '$',
        '#1',
        '@octocat',
        '\n',
        '\r\n',
        '\u0000',
        '\u001b[31m',
        '\u202e',
        '<!channel>',
        '<@U1>',
        '&lt;',
        'word',
        ' ',
        '😀',
        '\ud83d',
      ),
      fc.string({ maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** A report whose every text is hostile. */
export const hostileReport: fc.Arbitrary<Report> = fc
  .tuple(hostileText, hostileText, hostileText, hostileText, hostileText)
  .map(([a, b, c, d, e]) =>
    report({
      outcome: 'failed',
      environments: [
        environment({
          name: a,
          images: [
            { subject: b, container: c, image: d, from: e, to: a, action: 'updated', reason: '' },
            { subject: c, container: d, image: e, from: a, to: a, action: 'failed', reason: b },
          ],
          commits: [{ sha: 'a'.repeat(40), branch: d, message: e }],
          clusters: [{ name: b, objects: [{ subject: c, action: 'failed', reason: d }], requests: 1 }],
        }),
      ],
      problems: [{ severity: 'error', code: 'X', message: e, subject: a, hint: c }],
    }),
  );
