import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/core/manifests/edit.ts';
import { readTrees } from '../../../src/core/manifests/read-trees.ts';
import type { ScalarEdit } from '../../../src/core/manifests/scalar-span.ts';
import { createSourceText } from '../../../src/core/manifests/source-text.ts';
import type { ScalarNode, YamlNode, YamlTree } from '../../../src/core/manifests/yaml-tree.ts';
import { yamlText } from './arbitrary-yaml.ts';
import { nastyDocuments } from './nasty-documents.ts';

const newValue = fc.oneof(
  fc.constantFrom(
    '2.0.0',
    '1.20',
    '1e3',
    'v2',
    'on',
    '',
    'ghcr.io/acme/app:2@sha256:00',
    'a: b',
    'a #b',
    '[x]',
    "it's",
    'say "x"',
    'two\nlines',
    ' pad ',
    '0x1F',
    '2024-12-01',
    '-',
    '{{ .x }}',
    '名😀',
    '\t',
    '\u0000',
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

describe('edits', () => {
  it.each(nastyDocuments)('change any value and nothing beside it: $name', ({ text }) => {
    fc.assert(
      fc.property(fc.nat(), newValue, (pick, value) => {
        expectOnlyChange({ text, pick, value, mayRefuse: false });
      }),
      { numRuns: 50 },
    );
  });

  it('change a value of any document, or refuse; never anything beside it', () => {
    fc.assert(
      fc.property(yamlText(8), fc.nat(), newValue, (text, pick, value) => {
        expectOnlyChange({ text, pick, value, mayRefuse: true });
      }),
      { numRuns: 2000 },
    );
  });

  it('of several values of a file are made at once', () => {
    const text = 'a: 1.0 # one\nb: [x, \'y\']\r\nc: "z"\n';
    const edits = ['9.9', 'long text', "it's", ''].map((value, index) => edit(text, index, value)).reverse();
    expect(outcome(text, edits)).toBe('a: "9.9" # one\nb: [long text, \'it\'\'s\']\r\nc: ""\n');
  });

  it('that are given twice count once', () => {
    const one = edit('a: b\n', 0, 'c');
    expect(outcome('a: b\n', [one, one])).toBe('a: c\n');
  });

  it('to the value that is there already keep its bytes', () => {
    expect(outcome('a: "\\x41"\n', [edit('a: "\\x41"\n', 0, 'A')])).toBe('a: "\\x41"\n');
  });

  it.each([
    { name: 'fill in a missing value', text: 'tag:\nb: c\n', value: '1.2', result: 'tag: "1.2"\nb: c\n' },
    {
      name: 'fill in a missing value before a comment',
      text: 'tag: # none\n',
      value: 'v2',
      result: 'tag: v2 # none\n',
    },
    {
      name: 'fill in a missing value of a flow mapping',
      text: '{tag: , b: c}\n',
      value: 'v2',
      result: '{tag: v2, b: c}\n',
    },
    { name: 'replace null', text: 'tag: ~\n', value: 'v2', result: 'tag: v2\n' },
    { name: 'keep a byte order mark', text: '\uFEFFtag: v1', value: 'v2', result: '\uFEFFtag: v2' },
    { name: 'keep carriage returns', text: 'tag: v1\r\nb: c\r\n', value: 'v2', result: 'tag: v2\r\nb: c\r\n' },
    { name: 'replace a value of several lines', text: 'a: one\n  two\nb: c\n', value: 'v2', result: 'a: v2\nb: c\n' },
    { name: 'stand behind an anchor', text: 'a: &x v1\nb: *x\n', value: 'v2', result: 'a: &x v2\nb: *x\n' },
    { name: 'stand behind a tag', text: 'a: !!str 1\n', value: '2', result: 'a: !!str "2"\n' },
  ])('$name', ({ text, value, result }) => {
    expect(outcome(text, [edit(text, 0, value)])).toBe(result);
  });

  it.each([
    { name: 'a block scalar', text: 'a: |\n  v1\n', value: 'v2', reason: 'is a block scalar' },
    { name: 'a template', text: 'a: "{{ .x }}"\n', value: 'v2', reason: 'is a template' },
    { name: 'a key without a colon', text: '{a}\n', value: 'v2', reason: 'would change more than this value' },
    {
      name: 'a value whose tag makes it another type',
      text: 'a: !!int 1\n',
      value: '2',
      reason: 'would change more than this value',
    },
  ])('are refused for $name', ({ text, value, reason }) => {
    expect(outcome(text, [edit(text, 0, value)])).toMatchObject({
      code: 'EDIT_REFUSED',
      message: expect.stringContaining(reason),
      position: { file: 'a.yaml', line: 1 },
    });
  });

  it('are refused where the file is not the one that was read', () => {
    const one = edit('a: b\n', 0, 'c');
    expect(outcome('a: bb\n', [one])).toMatchObject({ message: 'value b is not there any more' });
    expect(outcome('# a\na: b\n', [one])).toMatchObject({ message: 'value b is not there any more' });
    expect(outcome('a: [\n', [one])).toMatchObject({ code: 'MANIFEST_UNREADABLE' });
  });

  it('are refused at the value that is to blame, and all of them with it', () => {
    const text = 'a: 1\nb: !!int 1\nc: 1\n';
    const edits = ['2', '3', '4'].map((value, index) => edit(text, index, value));
    expect(outcome(text, edits)).toMatchObject({ code: 'EDIT_REFUSED', position: { line: 2, col: 10 } });
  });

  it('that contradict each other are refused', () => {
    expect(outcome('a: b\n', [edit('a: b\n', 0, 'c'), edit('a: b\n', 0, 'd')])).toMatchObject({
      message: 'value b is used by images that are to change differently',
    });
  });

  it('print nothing of the file as it is', () => {
    const text = 'a: &x "\\e[31mv1\\n"\nb: *x\n';
    const one = edit(text, 0, 'v2');
    const source = '\u001b[31mv1\n';
    const warned = applyEdits(fileOf(text), [{ ...one, span: { ...one.span, source, shared: true } }]);
    expect(warned.kind === 'edited' ? warned.warnings.map(({ message }) => message) : warned).toEqual([
      expect.stringMatching(/^[^\p{Cc}]+$/u),
    ]);
    expect(outcome('b: x\n', [{ ...one, span: { ...one.span, source } }])).toMatchObject({
      message: expect.stringMatching(/^[^\p{Cc}]+$/u),
    });
  });

  it('at an anchor that is repeated come with a warning', () => {
    const text = 'a: &x v1\nb: *x\n';
    const shared = edit(text, 0, 'v2');
    const result = applyEdits(fileOf(text), [{ ...shared, span: { ...shared.span, shared: true } }]);
    expect(result).toMatchObject({
      kind: 'edited',
      warnings: [{ severity: 'warning', code: 'EDIT_SHARED', position: { line: 1, col: 7 } }],
    });
  });
});

/** Replaces one value and compares every byte outside of it, and every value inside of it. */
function expectOnlyChange(given: { text: string; pick: number; value: string; mayRefuse: boolean }): void {
  const { text, pick, value, mayRefuse } = given;
  const trees = treesOf(text);
  const nodes = trees?.flatMap((tree) => values(tree.root)) ?? [];
  const node = nodes[pick % Math.max(1, nodes.length)];
  if (trees === undefined || node === undefined) return;
  const result = applyEdits(fileOf(text), [editOf(text, node, value)]);
  if (result.kind === 'refused') {
    const reasons = node.style === 'block' || node.text.includes('{{') || node.tag !== undefined;
    expect(mayRefuse || reasons, result.problem.message).toBe(true);
    return;
  }
  const edited = new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes);
  expect(edited.slice(0, node.start)).toBe(text.slice(0, node.start));
  const tail = text.slice(node.end);
  expect(edited.endsWith(tail)).toBe(true);
  const readBack = treesOf(edited)?.flatMap((tree) => values(tree.root).map((one) => one.text));
  expect(readBack).toEqual(nodes.map((one) => (one === node ? value : one.text)));
}

function outcome(text: string, edits: readonly ScalarEdit[]) {
  const result = applyEdits(fileOf(text), edits);
  return result.kind === 'edited' ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes) : result.problem;
}

/** An edit of the value that is the `index`-th of the text. */
function edit(text: string, index: number, value: string): ScalarEdit {
  const node = treesOf(text)?.flatMap((tree) => values(tree.root))[index];
  if (node === undefined) throw new Error(`no value ${index} in ${text}`);
  return editOf(text, node, value);
}

function editOf(text: string, node: ScalarNode, value: string): ScalarEdit {
  const { start, end, style, text: source } = node;
  const position = createSourceText('a.yaml', text).positionAt(start);
  return { span: { start, end, style, source, position, shared: false }, value };
}

function fileOf(text: string) {
  return { path: 'a.yaml', bytes: new TextEncoder().encode(text) };
}

function treesOf(text: string): readonly YamlTree[] | undefined {
  const read = readTrees(createSourceText('a.yaml', text));
  return read.ok ? read.trees : undefined;
}

function values(node: YamlNode): readonly ScalarNode[] {
  if (node.kind === 'scalar') return [node];
  if (node.kind === 'sequence') return node.items.flatMap(values);
  return node.kind === 'map' ? node.pairs.flatMap((pair) => values(pair.value)) : [];
}
