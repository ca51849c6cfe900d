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

export const NEW = 'b'.repeat(40);
export const OLD = 'c'.repeat(40);

/** An image that was updated, with all that a row can say. */
export function explained(subject = 'Deployment/prod/api'): ImageRow {
  return {
    ...image('updated', subject),
    reason: "the highest version in the range '^1'",
    policy: { text: 'semver:^1', from: 'rule', position: { file: '.towpath.yaml', line: 3, col: 5 } },
    rejected: { tags: [{ tag: '2.0.0', reason: "outside the range '^1'" }], more: 3 },
    source: { link: `https://github.com/acme/api/compare/${OLD}...${NEW}`, revision: NEW, previous: OLD },
  };
}

/** Labels of an image may hold anything; none of these is a link. */
export const NO_LINKS = [
  'javascript:alert(1)',
  'http://github.com/o/a/commit/1',
  'https://github.com',
  'https://user:pass@github.com/o/a',
  'https://github.com/o/a?x=1',
  'https://github.com/o/a#x',
  'https://github.com/o/a)[click](https://evil.example.org',
  'https://github.com/o/a|<!channel>',
  'https://github.com/o/a\n::error::x',
  'https://github.com/o/\u202ea',
  'https://github.com/o/ä',
  'https://[::1]/o/a',
  ' https://github.com/o/a',
  '//github.com/o/a',
  `https://github.com/${'a'.repeat(1_000)}`,
  '',
];

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
            {
              subject: b,
              container: c,
              image: d,
              from: e,
              to: a,
              action: 'updated',
              reason: c,
              policy: { text: d, from: 'annotation' },
              rejected: { tags: [{ tag: e, reason: b }], more: 1 },
              source: { link: `https://example.org/${a}`, revision: b, previous: c },
            },
            { subject: c, container: d, image: e, from: a, to: a, action: 'failed', reason: b },
          ],
          commits: [{ sha: 'a'.repeat(40), branch: d, message: e }],
          clusters: [{ name: b, objects: [{ subject: c, action: 'failed', reason: d }], requests: 1 }],
        }),
      ],
      problems: [{ severity: 'error', code: 'X', message: e, subject: a, hint: c }],
    }),
  );
