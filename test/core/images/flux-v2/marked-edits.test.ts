import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImagePolicy } from '../../../../src/core/images/flux-v2/image-policy.ts';
import { markFile } from '../../../../src/core/images/flux-v2/mark-file.ts';
import { imageEdits } from '../../../../src/core/images/image-edits.ts';
import { applyEdits } from '../../../../src/core/manifests/edit.ts';

const POLICY: ImagePolicy = {
  name: 'ns/p',
  image: 'registry.example.org/new',
  policy: { kind: 'semver', range: '*' },
  exclude: [],
  digests: 'Never',
  suspended: undefined,
};

const policies = { find: () => ({ kind: 'policy', policy: POLICY }) as const, names: [] };

/** The text with `tag` and `digest` written into all that is marked. */
function write(text: string, to: { readonly tag: string; readonly digest?: string }): string {
  const file = { path: 'file.yaml', bytes: Buffer.from(text) };
  const { uses } = markFile({ file, subject: 'File/file.yaml', located: { uses: [], problems: [] }, policies });
  const result = applyEdits(
    file,
    uses.flatMap((use) => imageEdits(use, { tag: to.tag, digest: to.digest })),
  );
  if (result.kind === 'refused') throw new Error(result.problem.message);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes);
}

const mark = (part = '') => `# {"$imagepolicy": "ns:p${part}"}`;

describe('marked values', () => {
  it.each([
    { holds: 'the whole image', before: 'old:v1', part: '', after: 'registry.example.org/new:v2' },
    { holds: 'the whole image in quotes', before: "'old:v1'", part: '', after: "'registry.example.org/new:v2'" },
    { holds: 'the name', before: 'old', part: ':name', after: 'registry.example.org/new' },
    { holds: 'the tag', before: '"v1"', part: ':tag', after: '"v2"' },
    { holds: 'nothing yet', before: '""', part: ':tag', after: '"v2"' },
  ])('get the new version where a value holds $holds', ({ before, part, after }) => {
    expect(write(`a: ${before} ${mark(part)}\r\nb: c\r\n`, { tag: 'v2' })).toBe(
      `a: ${after} ${mark(part)}\r\nb: c\r\n`,
    );
  });

  it.each([
    {
      shape: 'behind the tag of a whole image',
      text: `a: old:v1 ${mark()}`,
      after: `a: registry.example.org/new:v2@sha256:b ${mark()}`,
    },
    {
      shape: 'into the value that is for it',
      text: `a: v1 ${mark(':tag')}\nb: sha256:a ${mark(':digest')}`,
      after: `a: v2 ${mark(':tag')}\nb: sha256:b ${mark(':digest')}`,
    },
    { shape: 'behind a tag that stands alone', text: `a: v1 ${mark(':tag')}`, after: `a: v2@sha256:b ${mark(':tag')}` },
  ])('get the digest $shape', ({ text, after }) => {
    expect(write(text, { tag: 'v2', digest: 'sha256:b' })).toBe(after);
  });

  it('belong together by mapping and policy, the second of a part to the second image', () => {
    const text = `a: {x: v1}\nb:\n  n: o ${mark(':name')}\n  t: v1 ${mark(':tag')}\n  u: v3 ${mark(':tag')}\n`;
    const file = { path: 'file.yaml', bytes: Buffer.from(text) };
    const { uses } = markFile({ file, subject: 'File/file.yaml', located: { uses: [], problems: [] }, policies });
    expect(uses.map((use) => [use.tag, use.mark?.writtenName])).toEqual([
      ['v1', 'o'],
      ['v3', undefined],
    ]);
  });

  it('change, and no byte beside them', () => {
    const text = fc.stringMatching(/^[ -~é\u4e2d]{0,20}$/);
    const key = fc.stringMatching(/^[a-z]{1,8}$/);
    const line = fc.oneof(
      text.map((words) => ({ line: `# ${words.replaceAll('$', '')}`, after: undefined })),
      fc.constant({ line: '', after: undefined }),
      fc
        .tuple(key, text)
        .map(([name, words]) => ({ line: `${name}: ${JSON.stringify(words)}   # ${name}`, after: undefined })),
      fc.tuple(key, fc.constantFrom('', "'", '"'), fc.constantFrom(' ', '\t', '     ')).map(([name, quote, gap]) => ({
        line: `${name}: ${quote}v1${quote}${gap}${mark(':tag')}`,
        after: `${name}: ${quote}v2${quote}${gap}${mark(':tag')}`,
      })),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '\uFEFF'),
        fc.boolean(),
        (lines, end, bom, finalNewline) => {
          const join = (texts: readonly string[]) => `${bom}first: 1${end}${texts.join(end)}${finalNewline ? end : ''}`;
          const before = join(lines.map((one) => one.line));
          expect(write(before, { tag: 'v2' })).toBe(join(lines.map((one) => one.after ?? one.line)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
