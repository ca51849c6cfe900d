import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderImages } from '../../../src/core/report/images-markdown.ts';
import { renderMarkdown } from '../../../src/core/report/markdown.ts';
import { code, prose } from '../../../src/core/report/markdown-text.ts';
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

/** What GitHub looks for mentions in: entities are characters again. */
function rendered(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, char) => String.fromCharCode(Number(char)));
}

/** What a reader sees. */
function shown(markdown: string): string {
  return rendered(markdown).replaceAll('\u200b', '');
}

/** What stands in a code span of ours, of either kind. */
function inCode(markdown: string): string {
  const element = /^<code>(.*)<\/code>$/.exec(markdown);
  return element === null ? markdown.slice(1, -1) : (element[1] ?? '');
}

describe('text in Markdown', () => {
  it.each([
    {
      text: 'plain words, 1.2.3 (ok)',
      prose: 'plain words, 1.2.3 (ok)',
      code: '<code>plain words, 1.2.3 (ok)</code>',
    },
    { text: 'Deployment/prod/api', prose: 'Deployment/prod/api', code: '`Deployment/prod/api`' },
    { text: 'my_image', prose: 'my_image', code: '`my_image`' },
    { text: '_it_', prose: '&#95;it&#95;', code: '`_it_`' },
    { text: 'a|b', prose: 'a&#124;b', code: '<code>a&#124;b</code>' },
    {
      text: 'see #12 and @octocat, GH-7',
      prose: 'see #&#8203;12 and @&#8203;octocat, GH-&#8203;7',
      code: '<code>see #12 and @octocat, GH-7</code>',
    },
    {
      text: 'a@b.example.org #38; tag@sha256:1',
      prose: 'a@b.example.org #&#8203;38; tag@sha256:1',
      code: '<code>a@b.example.org #38; tag@sha256:1</code>',
    },
    { text: '<br>&amp;', prose: '&#60;br&#62;&#38;amp;', code: '<code>&#60;br&#62;&#38;amp;</code>' },
    { text: ' \n ', prose: '', code: '' },
    { text: 'two\nlines\tand a tab', prose: 'two lines and a tab', code: '`two lines and a tab`' },
  ])('$text', ({ text, prose: asProse, code: asCode }) => {
    expect(prose(text)).toBe(asProse);
    expect(code(text)).toBe(asCode);
  });

  it('has nothing that Markdown, its tables, HTML or GitHub obey, and reads as it was', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const written = prose(text);
        expect(written.replace(/&#\d+;/g, '')).not.toMatch(
          /[|`*~<>[\]\\$\n\r\p{Cc}]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/u,
        );
        expect(rendered(written)).not.toMatch(/(?<![A-Za-z0-9])@[A-Za-z0-9_]|#\d|(?<![A-Za-z0-9])GH-\d/i);
        const seen = text
          .replace(/\s+/g, ' ')
          .trim()
          .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
        expect(shown(written)).toBe(seen);
        expect(shown(inCode(code(text)))).toBe(seen);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the summary of a report', () => {
  it('has the table that it should have, whatever the text', () => {
    fc.assert(
      fc.property(hostileReport, (hostile) => {
        const lines = renderMarkdown(hostile).split('\n');
        const pipes = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').length - 2);
        const columns = lines.some((line) => line.endsWith('| what is new |')) ? 7 : 6;
        expect(pipes).toEqual([...Array(4).fill(columns), 2, 2, 2]);
        expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(3);
        expect(lines.filter((line) => /^<\/?details>/.test(line))).toHaveLength(2);
      }),
    );
  });

  it('leaves out whole rows where it would grow too long, and counts them', () => {
    const images = Array.from({ length: 5_000 }, (_, index) => image('updated', `Deployment/prod/app-${index}`));
    const objects = Array.from({ length: 5_000 }, (_, index) => object('configured', `Deployment/prod/app-${index}`));
    const large = report({ environments: [environment({ images, clusters: [cluster(objects)] })] });
    for (const maxBytes of [2_000, 60_000, 700_000, 10_000_000]) {
      const markdown = renderMarkdown(large, { maxBytes });
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(maxBytes);
      const rows = markdown.split('\n').filter((line) => line.startsWith('| `Deployment'));
      const missing = [...markdown.matchAll(/^… and (\d+) more\.$/gm)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
      expect(rows.length + missing).toBe(10_000);
      expect(rows.every((row) => / \|$/.test(row))).toBe(true);
    }
    expect(renderMarkdown(large, { maxBytes: 10_000_000 })).not.toContain('more.');
    expect(Buffer.byteLength(renderMarkdown(large))).toBeLessThan(1024 * 1024);
  });

  it('counts bytes, not characters', () => {
    const images = Array.from({ length: 500 }, () => ({ ...image('failed'), reason: '🚢é∞'.repeat(40) }));
    const markdown = renderMarkdown(report({ outcome: 'failed', environments: [environment({ images })] }), {
      maxBytes: 50_000,
    });
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(50_000);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(48_000);
  });
});

describe('images in Markdown', () => {
  const tableOf = (markdown: string) => markdown.split('\n').filter((line) => line.startsWith('|'));

  it('say why, what is new, and what was passed over', () => {
    expect(renderImages([explained(), image('unchanged'), image('skipped', 'Job/a')])).toBe(
      [
        '| workload | container | image | from | to | action | what is new |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        `| \`Deployment/prod/api\` | \`api\` | \`ghcr.io/acme/api\` | \`1\` | \`2\` | updated: the highest version in the range '^1' | [\`ccccccc...bbbbbbb\`](https://github.com/acme/api/compare/${OLD}...${NEW}) |`,
        '| `Job/a` | `api` | `ghcr.io/acme/api` | `1` |  | skipped: because |  |',
        '',
        '<details><summary>Newer tags that were passed over</summary>',
        '',
        "- `ghcr.io/acme/api` in `Deployment/prod/api` `api`: `2.0.0`: outside the range '^1'; and 3 more",
        '',
        '</details>',
        '',
      ].join('\n'),
    );
  });

  it('are nothing where every image stays as it is', () => {
    expect(renderImages([image('unchanged')])).toBe('');
    expect(renderImages([])).toBe('');
  });

  it('name the commit alone where the old one is not known, or the same', () => {
    for (const previous of [undefined, NEW]) {
      const source = {
        link: `https://github.com/acme/api/commit/${NEW}`,
        revision: NEW,
        ...(previous && { previous }),
      };
      expect(renderImages([{ ...explained(), source }])).toContain(
        `| [\`bbbbbbb\`](https://github.com/acme/api/commit/${NEW}) |`,
      );
    }
  });

  it.each(NO_LINKS)('do not link %j', (link) => {
    const markdown = renderImages([{ ...explained(), source: { link, revision: NEW } }]);
    expect(tableOf(markdown)[0]).toBe('| workload | container | image | from | to | action |');
    expect(markdown).not.toContain('](');
  });

  it('link no commit that is none by its name', () => {
    const source = { link: 'https://github.com/o/a', revision: '](x) @octocat' };
    expect(renderImages([{ ...explained(), source }])).toContain('[`what is new`](https://github.com/o/a) |');
  });

  it('do not link what was not updated', () => {
    expect(renderImages([{ ...explained(), action: 'failed', reason: 'not pushed' }])).not.toMatch(/\]\(|details/);
  });

  it('leave out the passed-over tags before any row, then rows, and close what they open', () => {
    const images = Array.from({ length: 2_000 }, (_, index) => explained(`Deployment/prod/app-${index}`));
    const whole = renderImages(images, 10_000_000);
    expect(tableOf(whole)).toHaveLength(2_002);
    for (const maxBytes of [300, 5_000, 60_000, 650_000]) {
      const markdown = renderImages(images, maxBytes);
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(maxBytes);
      const [opened, closed] = [/<details>/g, /<\/details>/g].map((tag) => markdown.match(tag)?.length ?? 0);
      expect(opened).toBe(closed);
      const rows = tableOf(markdown).length - 2;
      expect(opened).toBe(rows === 2_000 ? 1 : 0);
      if (rows < 2_000) expect(markdown).toContain(`… and ${2_000 - rows} more.`);
    }
    expect(Buffer.byteLength(renderImages(images))).toBeLessThan(65_536);
  });

  it('are bounded by row, whatever a reason holds', () => {
    const reason = '<&>|'.repeat(1_000_000);
    const rejected = { tags: Array.from({ length: 5 }, () => ({ tag: reason, reason })), more: 9_995 };
    const markdown = renderImages([{ ...explained(), reason, rejected }], 100_000);
    expect(markdown).toContain('; and 9995 more');
    expect(markdown.length).toBeLessThan(30_000);
  });
});
