import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/core/report/markdown.ts';
import { code, prose } from '../../../src/core/report/markdown-text.ts';
import { cluster, environment, hostileReport, hostileText, image, object, report } from './reports.ts';

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
        expect(pipes).toEqual([6, 6, 6, 6, 2, 2, 2]);
        expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(3);
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
