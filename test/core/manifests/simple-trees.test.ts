import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeTrees } from '../../../src/core/manifests/compose-tree.ts';
import { readSimpleTrees } from '../../../src/core/manifests/simple-trees.ts';
import { createSourceText } from '../../../src/core/manifests/source-text.ts';
import { yamlText } from './arbitrary-yaml.ts';

const everyday = [
  {
    name: 'mappings and sequences',
    text: 'a:\n  b: c\n  d:\n    - e\n    - f: g\n      h: i\n    -\n      j: k\nl: m\n',
  },
  { name: 'sequences in the column of their key', text: 'a:\n- b\n- c:\n  - d\n- - e\n  - f\ng: h\n' },
  { name: 'quotes', text: 'a: "b # c: d"\n"e f": \'it\'\'s\'\ng: "\\n\\u00e9\\""\n' },
  { name: 'values that only look like more', text: 'a: http://b:80/#c\nd: -e\nf: :g\nh: x, [y]\ni: --- j\n' },
  { name: 'missing values', text: 'a:\nb:   # c\nd:\n- \n-\ne:\n' },
  { name: 'comments and blank lines', text: '# a\n\nb: c # d\n  # e\n\n#f\ng: # h\n  # i\n  j: k\n' },
  { name: 'flow collections on one line', text: 'a: {b: c, "d": [e, \'f\', {}], g: [ ]} # h\ni: [1.10, x:y, -z]\n' },
  { name: 'several documents', text: '---\na: b\n--- # c\n---\n- d\n' },
  {
    name: 'literal block scalars',
    text: 'a: |\n  b\n    c # d\n\n  e\n\nf: |-\n  g\nh: |+\n  i\n\n\nj:\n- |\n k\n- l\n',
  },
  { name: 'folded block scalars', text: 'a: >\n  b\n  c\n\n\n  d\ne: >- # f\n\n  g\nh: >+\n  i\n\nj: k\n' },
  { name: 'a document that is indented as a whole', text: '---\n    a: b\n    c:\n        d: e\n' },
  { name: 'nothing but comments', text: '# a\n# b\n' },
  { name: 'no content', text: '' },
];

describe('the reader of everyday YAML', () => {
  it('gives the trees that the real reader gives, or gives up', () => {
    fc.assert(
      fc.property(yamlText(), (text) => {
        expectSame(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives up or agrees wherever a good text is cut or damaged', () => {
    const put = fc.constantFrom('', ' ', '\n', ':', '"', "'", '- ', '#', '\t', '{', '|', '  ');
    fc.assert(
      fc.property(fc.constantFrom(...everyday), fc.nat(200), fc.nat(3), put, ({ text }, place, length, piece) => {
        const at = place % (text.length + 1);
        expectSame(text.slice(0, at) + piece + text.slice(at + length));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(everyday)('reads $name', ({ text }) => {
    for (const variant of [text, text.trimEnd(), `\uFEFF${text}`, text.replaceAll('\n', '\r\n')]) {
      expect(readSimpleTrees(variant)).toBeDefined();
      expectSame(variant);
    }
  });

  it.each([
    'a: &x b\n',
    'a: *x\n',
    'a: !!str b\n',
    '? a\n: b\n',
    '%YAML 1.1\n---\na: b\n',
    'a: b\n  c\n',
    'a: "b\n  c"\n',
    'a:\tb\n',
    'a: {b:\n c}\n',
    'a\n',
    'a: b: c\n',
    'a: b\n...\n',
    'a: [b: c]\n',
    'a: |2\n   b\n',
    'a: b\n b: c\n',
    'a: "b" c\n',
    'a: "\\x41"\n',
    'a: b\rc: d\n',
    `${'- '.repeat(80)}a\n`,
  ])('leaves to the real reader: %j', (text) => {
    expect(readSimpleTrees(text)).toBeUndefined();
  });
});

function expectSame(text: string): void {
  const simple = readSimpleTrees(text);
  if (simple === undefined) return;
  const composed = composeTrees(createSourceText('a.yaml', text));
  expect(composed).toEqual({ ok: true, trees: simple });
}
