import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageRow, Report } from '../../../src/core/report/report.ts';
import { type Occasion, renderSlack, type SlackMessage } from '../../../src/core/report/slack.ts';
import { slackCode, slackLink, slackProse } from '../../../src/core/report/slack-text.ts';
import {
  cluster,
  environment,
  explained,
  hostileReport,
  hostileText,
  image,
  NEW,
  NO_LINKS,
  OLD,
  object,
  report,
} from './reports.ts';

const OCCASION: Occasion = {
  repository: 'acme/config',
  runUrl: 'https://github.com/acme/config/actions/runs/42',
  repositoryUrl: 'https://github.com/acme/config',
};

function textsOf(message: SlackMessage): string[] {
  return message.blocks.flatMap((block) =>
    block.type === 'section' ? [block.text.text] : block.elements.map(({ text }) => text),
  );
}

/** https://docs.slack.dev/reference/block-kit/blocks, and what Slack was seen to refuse. */
function expectWithinLimits(message: SlackMessage): void {
  const texts = textsOf(message);
  expect(message.blocks.length).toBeLessThanOrEqual(45);
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(2_900);
  for (const text of texts) expect(text.length).toBeGreaterThan(0);
  expect(message.text.length + texts.join('').length).toBeLessThanOrEqual(12_000);
  expect(message.text.length).toBeLessThanOrEqual(4_000);
}

describe('text in Slack', () => {
  it.each([
    { text: 'plain my_image 1.2.3', prose: 'plain my_image 1.2.3', code: '`plain my_image 1.2.3`' },
    {
      text: '<!channel> & <@U1>',
      prose: '&lt;!channel&gt; &amp; &lt;@\u2060U1&gt;',
      code: '`&lt;!channel&gt; &amp; &lt;@U1&gt;`',
    },
    { text: '*a* _b_ ~c~ `d`', prose: '∗a∗ ˍbˍ ∼c∼ ˋdˋ', code: '`*a* _b_ ~c~ ˋdˋ`' },
    { text: 'two\nlines', prose: 'two lines', code: '`two lines`' },
    { text: '', prose: '', code: '' },
  ])('$text', ({ text, prose, code }) => {
    expect(slackProse(text)).toBe(prose);
    expect(slackCode(text)).toBe(code);
  });

  it('cannot leave its link', () => {
    expect(slackLink('https://example.org/a|b>c d', '<x>|y')).toBe('<https://example.org/a%7Cb%3Ec%20d|&lt;x&gt;|y>');
  });

  it('reaches nobody and breaks out of nothing', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const written of [slackProse(text), slackCode(text).replace(/^`|`$/g, '')]) {
          expect(written).not.toMatch(/[<>`\n\r\p{Cc}]|&(?!amp;|lt;|gt;)/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the message to Slack', () => {
  it('stays within the limits, whatever the text', () => {
    fc.assert(
      fc.property(hostileReport, hostileText, (hostile, repository) => {
        const message = renderSlack(hostile, { ...OCCASION, repository });
        expectWithinLimits(message);
        const links = [...[message.text, ...textsOf(message)].join('\n').matchAll(/<([^>]*)>/g)].map(
          (match) => match[1],
        );
        for (const link of links)
          expect(link).toMatch(
            /^https:\/\/(?:github\.com\/acme\/config(?:\/commit\/a{40}|\/actions\/runs\/42)?\||example\.org\/[\w.~/-]+\|[^|]*$)/,
          );
      }),
      { numRuns: 300 },
    );
  });

  const many = (count: number, reason = ''): Report =>
    report({
      environments: [
        environment({
          images: Array.from({ length: count }, (_, index) => image('updated', `Deployment/prod/app-${index}`)),
          clusters: [
            cluster(
              Array.from({ length: count }, (_, index) => ({
                ...object('failed', `Ingress/prod/app-${index}`),
                reason,
              })),
            ),
          ],
        }),
      ],
    });

  it.each([
    { name: '10,000 rows', large: many(5_000) },
    {
      name: 'links and reasons',
      large: report({
        environments: [
          environment({
            images: Array.from({ length: 5_000 }, (_, index) => ({
              ...explained(`Deployment/prod/app-${index}`),
              reason: '&'.repeat(5_000),
            })),
          }),
        ],
      }),
    },
    { name: 'long reasons', large: many(500, 'x'.repeat(5_000)) },
    { name: 'reasons that grow by escaping', large: many(500, '&'.repeat(5_000)) },
    {
      name: 'subjects that grow by escaping',
      large: report({ environments: [environment({ images: [image('updated', '&'.repeat(5_000))] })] }),
    },
    {
      name: 'many environments',
      large: report({
        environments: Array.from({ length: 3_000 }, (_, index) =>
          environment({ name: `environment-${index}`, images: [image('updated')] }),
        ),
      }),
    },
    { name: 'a long name of the repository', large: report() },
  ])('stays within the limits with $name', ({ large }) => {
    expectWithinLimits(renderSlack(large, { ...OCCASION, repository: 'r'.repeat(10_000) }));
  });

  it('counts the lines that it leaves out', () => {
    const texts = textsOf(renderSlack(many(5_000), OCCASION)).join('\n');
    const shown = texts.split('\n').filter((line) => /^(?:•|\*production|cluster)/.test(line)).length;
    const missing = Number(/… \+(\d+) more/.exec(texts)?.[1]);
    expect(shown + missing).toBe(10_002);
    expect(shown).toBeGreaterThan(100);
  });

  it('says why, and links what is new', () => {
    const [text] = textsOf(renderSlack(report({ environments: [environment({ images: [explained()] })] }), OCCASION));
    expect(text?.split('\n')[1]).toBe(
      "• `Deployment/prod/api` api: `ghcr.io/acme/api` 1 → 2: the highest version in the range '^1' " +
        `(<https://github.com/acme/api/compare/${OLD}...${NEW}|ccccccc...bbbbbbb>)`,
    );
  });

  it('tells of an image that is put on hold, and not of one that was', () => {
    const held: ImageRow = { ...image('skipped'), reason: 'on hold: set back from 2 to 1 by Ann in 1234567' };
    const images: ImageRow[] = [
      { ...held, hold: 'new' },
      { ...held, subject: 'Deployment/prod/old' },
    ];
    const message = renderSlack(report({ environments: [environment({ images })] }), OCCASION);
    const text = textsOf(message).join('\n');
    expect(text).toContain(
      '`Deployment/prod/api` api: `ghcr.io/acme/api` on hold: set back from 2 to 1 by Ann in 1234567',
    );
    expect(text).not.toContain('Deployment/prod/old');
  });

  it('does not name the tags that were passed over', () => {
    const images = [explained(), { ...explained(), action: 'unchanged' as const }];
    expect(JSON.stringify(renderSlack(report({ environments: [environment({ images })] }), OCCASION))).not.toContain(
      '2.0.0',
    );
  });

  it.each(NO_LINKS)('does not link %j', (link) => {
    const images = [{ ...explained(), source: { link, revision: NEW } }];
    const [text] = textsOf(renderSlack(report({ environments: [environment({ images })] }), OCCASION));
    expect(text).not.toContain('<');
  });

  it('leaves alone what looks like an address, a channel or a person', () => {
    const images = [
      { ...explained(), to: 'evil.example.org', reason: 'see https://evil.example.org, ask @here in #ops' },
    ];
    const { blocks } = renderSlack(report({ environments: [environment({ images })] }), OCCASION);
    const objects = blocks.flatMap((block) => (block.type === 'section' ? [block.text] : block.elements));
    expect(objects.map(({ verbatim }) => verbatim)).toEqual([true, true]);
  });

  it.each(['Ann <ann@example.org> ', 'Ann <ann@example.org>\n', 'Ann <a>nn@example.org>', 'Ann <<ann@example.org>>'])(
    'names nobody’s address: %j',
    (requestedBy) => {
      expect(renderSlack(report({ command: 'lock', requestedBy }), OCCASION).text).not.toContain('example.org');
    },
  );

  it('takes no time over a name that is all blanks', () => {
    const requestedBy = `${' '.repeat(1_000_000)}x <x@example.org>`;
    expect(renderSlack(report({ command: 'lock', requestedBy }), OCCASION).text).toContain(': lock by x: ');
  });

  it('is red for a failure and green otherwise', () => {
    expect(renderSlack(report({ outcome: 'failed' }), OCCASION).color).toBe('danger');
    expect(renderSlack(report(), OCCASION).color).toBe('good');
  });

  it('links a commit only where there is an address and the name is one', () => {
    const commits = [{ sha: 'zz|zz', branch: 'main', message: 'm' }];
    const odd = renderSlack(report({ environments: [environment({ commits })] }), OCCASION);
    expect(textsOf(odd)[0]).toContain('• `zz|zz` on `main`: m');
    const local = renderSlack(
      report({ environments: [environment({ commits: [{ sha: 'a'.repeat(40), branch: 'main', message: 'm' }] })] }),
      { repository: 'config', runUrl: undefined, repositoryUrl: undefined },
    );
    expect(local.text + textsOf(local).join()).not.toContain('<');
  });
});
