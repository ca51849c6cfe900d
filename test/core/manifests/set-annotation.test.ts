import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnnotations } from '../../../src/core/images/locate/annotations.ts';
import { parseManifests } from '../../../src/core/manifests/parse.ts';
import { setAnnotation } from '../../../src/core/manifests/set-annotation.ts';
import { fileOf, podOf } from './manifest-text.ts';

function changed(text: string, key: string, value: string | null): string {
  const result = setAnnotation(fileOf(text), { subject: 'Pod/one', key, value });
  return result.kind === 'edited'
    ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
    : `refused: ${result.problem.message}`;
}

const meta = (metadata: string, rest = 'spec: {}\n') => podOf({ metadata, rest });
const list = (metadata: string) =>
  `apiVersion: v1\nkind: List\nitems:\n- metadata:\n    name: one\n${metadata}  apiVersion: v1\n  kind: Pod\n`;

describe('an annotation that is set', () => {
  it.each([
    { name: 'without annotations', before: meta(''), after: meta('  annotations:\n    a: x\n') },
    {
      name: 'below others',
      before: meta('  annotations:\n    z: y # why\n    # end\n  labels: {}\n'),
      after: meta('  annotations:\n    z: y # why\n    a: x\n    # end\n  labels: {}\n'),
    },
    {
      name: 'with the indentation of the others',
      before: meta('  annotations:\n         z: y\n'),
      after: meta('  annotations:\n         z: y\n         a: x\n'),
    },
    {
      name: 'below a block scalar',
      before: meta('  annotations:\n    z: |\n      y\n\n'),
      after: meta('  annotations:\n    z: |\n      y\n    a: x\n\n'),
    },
    {
      name: 'below a value over two lines',
      before: meta('  annotations:\n    z: "y\n      y"\n'),
      after: meta('  annotations:\n    z: "y\n      y"\n    a: x\n'),
    },
    {
      name: 'below annotations without a value',
      before: meta('  annotations: # none\n  labels: {}\n'),
      after: meta('  annotations: # none\n    a: x\n  labels: {}\n'),
    },
    {
      name: 'in an empty flow mapping',
      before: meta('  annotations: {} # none\n'),
      after: meta('  annotations: {a: x} # none\n'),
    },
    { name: 'in place of null', before: meta('  annotations: null\n'), after: meta('  annotations: {a: x}\n') },
    {
      name: 'in a flow mapping',
      before: meta('  annotations: {z: y}\n'),
      after: meta('  annotations: {z: y, a: x}\n'),
    },
    {
      name: 'in a flow mapping over several lines',
      before: meta('  annotations: {\n    z: y\n  }\n'),
      after: meta('  annotations: {\n    z: y, a: x\n  }\n'),
    },
    {
      name: 'in metadata of one line',
      before: 'apiVersion: v1\nkind: Pod\nmetadata: {name: one}\n',
      after: 'apiVersion: v1\nkind: Pod\nmetadata: {name: one, annotations: {a: x}}\n',
    },
    {
      name: 'in JSON',
      before: '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"one"}}',
      after: '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"one", "annotations": {"a": "x"}}}',
    },
    { name: 'without a final line break', before: meta('', '').trimEnd(), after: meta('  annotations:\n    a: x', '') },
    {
      name: 'with carriage returns',
      before: meta('').replaceAll('\n', '\r\n'),
      after: meta('  annotations:\n    a: x\n').replaceAll('\n', '\r\n'),
    },
    {
      name: 'behind a byte order mark',
      before: `\uFEFF${meta('')}`,
      after: `\uFEFF${meta('  annotations:\n    a: x\n')}`,
    },
    {
      name: 'in a file indented by four',
      before: 'apiVersion: v1\nkind: Pod\nmetadata:\n    name: one\n',
      after: 'apiVersion: v1\nkind: Pod\nmetadata:\n    name: one\n    annotations:\n        a: x\n',
    },
    { name: 'in an item of a list', before: list(''), after: list('    annotations:\n      a: x\n') },
    {
      name: 'in the right document',
      before: `${meta('').replaceAll('one', 'two')}---\n${meta('')}`,
      after: `${meta('').replaceAll('one', 'two')}---\n${meta('  annotations:\n    a: x\n')}`,
    },
    {
      name: 'over another value',
      before: meta("  annotations:\n    a: 'y' # why\n"),
      after: meta("  annotations:\n    a: 'x' # why\n"),
    },
    {
      name: 'over a boolean',
      before: meta('  annotations:\n    a: true\n'),
      after: meta('  annotations:\n    a: x\n'),
    },
    { name: 'over no value', before: meta('  annotations:\n    a:\n'), after: meta('  annotations:\n    a: x\n') },
    { name: 'to what it is', before: meta('  annotations: {a: x}\n'), after: meta('  annotations: {a: x}\n') },
  ])('stands $name', ({ before, after }) => {
    expect(changed(before, 'a', 'x')).toBe(after);
  });

  it.each([
    { key: 'fluxcd.io/locked', value: 'true', line: 'fluxcd.io/locked: "true"' },
    { key: 'a', value: '1.10', line: 'a: "1.10"' },
    { key: 'a', value: '', line: 'a: ""' },
    { key: 'a', value: 'x: y', line: 'a: "x: y"' },
    { key: 'a', value: 'two\nlines', line: 'a: "two\\nlines"' },
    { key: 'true', value: 'x', line: '"true": x' },
  ])('is quoted where it has to be: $line', ({ key, value, line }) => {
    expect(changed(meta(''), key, value)).toBe(meta(`  annotations:\n    ${line}\n`));
  });
});

describe('an annotation that is removed', () => {
  it.each([
    {
      name: 'its line',
      before: meta('  annotations:\n    z: y\n    a: x # why\n    b: c\n'),
      after: meta('  annotations:\n    z: y\n    b: c\n'),
    },
    {
      name: 'all lines of its value',
      before: meta('  annotations:\n    a: |\n      x\n      y\n    b: c\n'),
      after: meta('  annotations:\n    b: c\n'),
    },
    {
      name: 'annotations, if it is the only one',
      before: meta('  annotations:\n    a: x\n  labels: {}\n'),
      after: meta('  labels: {}\n'),
    },
    { name: 'annotations of one line', before: meta('  annotations: {a: x}\n'), after: meta('') },
    {
      name: 'itself and a comma',
      before: meta('  annotations: {z: y, a: x}\n'),
      after: meta('  annotations: {z: y}\n'),
    },
    {
      name: 'itself and the comma behind it',
      before: meta('  annotations: {a: x, z: y}\n'),
      after: meta('  annotations: {z: y}\n'),
    },
    {
      name: 'annotations within metadata of one line',
      before: 'apiVersion: v1\nkind: Pod\nmetadata: {annotations: {a: x}, name: one}\n',
      after: 'apiVersion: v1\nkind: Pod\nmetadata: {name: one}\n',
    },
    {
      name: 'the last line, leaving no line break behind',
      before: meta('  annotations:\n    a: x', ''),
      after: meta('', '').trimEnd(),
    },
    {
      name: 'the last line of a file with carriage returns',
      before: meta('  annotations:\n    z: y\n    a: x', '').replaceAll('\n', '\r\n'),
      after: meta('  annotations:\n    z: y', '').replaceAll('\n', '\r\n'),
    },
    {
      name: 'nothing, if it is not there',
      before: meta('  annotations:\n    z: y\n'),
      after: meta('  annotations:\n    z: y\n'),
    },
  ])('takes with it $name', ({ before, after }) => {
    expect(changed(before, 'a', null)).toBe(after);
  });
});

describe('an annotation that cannot be changed alone', () => {
  it.each([
    { name: 'an object that is not there', text: 'a: b\n', value: 'x', reason: 'Pod/one is not in this file' },
    {
      name: 'an object that is there twice',
      text: `${meta('')}---\n${meta('')}`,
      value: 'x',
      reason: 'Pod/one is in this file more than once',
    },
    {
      name: 'annotations of an alias',
      text: `x: &x {a: b}\n${meta('  annotations: *x\n')}`,
      value: 'x',
      reason: 'Pod/one has its annotations at an anchor',
    },
    {
      name: 'an annotation of a merge key',
      text: `x: &x {a: b}\n${meta('  annotations: {<<: *x}\n')}`,
      value: null,
      reason: 'Pod/one has its annotations at an anchor',
    },
    {
      name: 'annotations written twice',
      text: meta('  annotations: {b: c}\n  annotations: {d: e}\n'),
      value: 'x',
      reason: 'Pod/one has annotations twice',
    },
    {
      name: 'an annotation written twice',
      text: meta('  annotations: {a: c, a: d}\n'),
      value: null,
      reason: 'Pod/one has this annotation twice',
    },
    {
      name: 'an anchor that goes with it',
      text: meta('  annotations:\n    a: &x x\n    b: *x\n'),
      value: null,
      reason: 'cannot be changed without changing more',
    },
    {
      name: 'a block scalar',
      text: meta('  annotations:\n    a: |\n      x\n'),
      value: 'x',
      reason: 'is a block scalar',
    },
    {
      name: 'an explicit key',
      text: meta('  annotations:\n    ? a\n    : x\n    b: c\n'),
      value: null,
      reason: 'shares its lines with something else',
    },
    { name: 'a file that cannot be read', text: 'a: [\n', value: 'x', reason: 'file cannot be read as YAML' },
  ])('is refused for $name', ({ text, value, reason }) => {
    expect(changed(text, 'a', value)).toContain(reason);
    expect(changed(text, 'a', value)).toMatch(/^refused: /);
  });

  it('comes with a warning where an anchor repeats it', () => {
    const text = meta('  annotations: &x\n    a: b\n', 'spec: *x\n');
    for (const change of [
      { key: 'a', value: 'c' },
      { key: 'z', value: 'c' },
    ]) {
      expect(setAnnotation(fileOf(text), { subject: 'Pod/one', ...change })).toMatchObject({
        kind: 'edited',
        warnings: [{ code: 'EDIT_SHARED' }],
      });
    }
  });

  it('comes with a warning where an anchor repeats its value alone', () => {
    const text = meta('  annotations:\n    a: &x b\n    c: *x\n    d: &unused e\n');
    const set = (key: string) => setAnnotation(fileOf(text), { subject: 'Pod/one', key, value: 'new' });
    expect(set('a')).toMatchObject({ kind: 'edited', warnings: [{ code: 'EDIT_SHARED' }] });
    expect(set('d')).toMatchObject({ kind: 'edited', warnings: [] });
  });
});

it('annotations set and removed one after the other leave the file as it was', () => {
  const texts = [
    meta(''),
    meta('  annotations:\n    z: y\n'),
    meta('  annotations: {z: y}\n'),
    list(''),
    list('').replaceAll('\n', '\r\n'),
    meta('', '').trimEnd(),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.stringMatching(/^[a-y][a-z./-]{0,12}[a-z]$/),
      fc.string({ maxLength: 15 }),
      (text, key, value) => {
        const set = changed(text, key, value);
        const [document] = parseManifests(fileOf(set)).documents;
        expect(document === undefined ? undefined : readAnnotations(document).get(key)?.value).toBe(value);
        expect(changed(set, key, null)).toBe(text);
      },
    ),
    { numRuns: 300 },
  );
});
