import { describe, expect, it } from 'vitest';
import { toDesiredObject } from '../../../src/core/manifests/desired-object.ts';
import { parseManifests } from '../../../src/core/manifests/parse.ts';
import { documentOf, fileOf, podOf } from './manifest-text.ts';

describe('the object that a document asks for', () => {
  it('has its scalars typed, its keys as strings, and says where it stands', () => {
    const text = podOf({
      rest: 'data:\n  a: yes\n  "b": 1.10\n  on: 012\n  1: [~, "~", 9007199254740993]\n  1.5: |\n    x\n',
    });
    expect(toDesiredObject(documentOf(text))).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      name: 'one',
      namespace: undefined,
      position: { file: 'a.yaml', line: 1, col: 1 },
      object: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'one' },
        data: { a: true, b: 1.1, true: 10, '1': [null, '~', 9007199254740993n], '1.5': 'x\n' },
      },
    });
  });

  it('has aliases and merge keys resolved: own keys first, then the first of a list', () => {
    const rest =
      'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  c: 3\nw: *x\nv: {<<: {a: 4}}\n"<<": text\n';
    expect(toDesiredObject(documentOf(podOf({ rest }))).object).toMatchObject({
      z: { a: 1, b: 1, c: 3 },
      w: { a: 1, b: 1 },
      v: { a: 4 },
      '<<': 'text',
    });
  });

  it('has the last of repeated keys', () => {
    expect(toDesiredObject(documentOf(podOf({ rest: 'a: 1\nb: 2\na: 3\n' }))).object).toMatchObject({ a: 3, b: 2 });
  });

  it('has annotations as the text that they are written as', () => {
    const metadata = '  annotations: {a: true, b: 1.10, c: "x", d: 0x1F, e: }\n  labels: {a: true}\n';
    expect(toDesiredObject(documentOf(podOf({ metadata }))).object['metadata']).toEqual({
      name: 'one',
      annotations: { a: 'true', b: '1.10', c: 'x', d: '0x1F', e: null },
      labels: { a: true },
    });
  });

  it('has kind and apiVersion although an item leaves them to its list', () => {
    const { documents } = parseManifests(
      fileOf('apiVersion: v1\nkind: ConfigMapList\nitems: [{metadata: {name: a}}]\n'),
    );
    expect(documents.map((document) => toDesiredObject(document).object)).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
    ]);
  });

  it('cannot reach prototypes', () => {
    const { object } = toDesiredObject(
      documentOf(podOf({ rest: '__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n' })),
    );
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(Object.keys(object)).toContain('__proto__');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    {
      name: 'a number that JSON does not have',
      rest: 'a: .inf\n',
      message: 'Pod/one cannot be applied: .inf is a number that JSON does not have',
      line: 5,
    },
    {
      name: 'a mapping as a key',
      rest: '? {a: b}\n: c\n',
      message: 'Pod/one cannot be applied: a map is no key',
      line: 5,
    },
    {
      name: 'an unquoted template',
      rest: 'a: {{ .b }}\n',
      message: 'Pod/one cannot be applied: an unquoted template is a mapping to YAML',
      line: 5,
    },
    {
      name: 'an empty key',
      rest: 'a:\n  ~: c\n',
      message: 'Pod/one cannot be applied: an empty key is no key',
      line: 6,
    },
  ])('is refused for $name', ({ rest, message, line }) => {
    expect(() => toDesiredObject(documentOf(podOf({ rest })))).toThrow(
      expect.objectContaining({ code: 'MANIFEST_VALUE_INVALID', message, position: expect.objectContaining({ line }) }),
    );
  });

  it('is refused where aliases multiply it without bounds', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]\n`,
    );
    const text = podOf({ rest: `a0: &a0 [lol]\n${levels.join('')}` });
    expect(() => toDesiredObject(documentOf(text))).toThrow(
      expect.objectContaining({ code: 'MANIFEST_EXPANDS_TOO_LARGE' }),
    );
  });

  it('is quickly there where merge keys multiply', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `a${level + 1}: &a${level + 1} {<<: [${Array(9).fill(`*a${level}`).join(', ')}]}\n`,
    );
    const { object } = toDesiredObject(documentOf(podOf({ rest: `a0: &a0 {k: v}\n${levels.join('')}` })));
    expect(object).toMatchObject({ a30: { k: 'v' } });
  });
});
