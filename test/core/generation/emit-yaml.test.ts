import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitYaml } from '../../../src/core/generation/emit-yaml.ts';
import { toDesiredObject } from '../../../src/core/manifests/desired-object.ts';
import { parseManifests } from '../../../src/core/manifests/parse.ts';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import { deepEqual } from '../../../src/core/sync/json.ts';

describe('YAML as Flux wrote it', () => {
  it('has its keys in order, its lists in the column of their key', () => {
    const object = {
      b: [{ name: 'x', args: ['-a', 'b'], more: { deep: [] } }, ['nested', ['more']], {}, []],
      $setElementOrder: 'first',
      a10: 1,
      a9: true,
      A: null,
    };
    expect(emitYaml(object)).toBe(`$setElementOrder: first
A: null
a9: true
a10: 1
b:
- args:
  - -a
  - b
  more:
    deep: []
  name: x
- - nested
  - - more
- {}
- []
`);
  });

  it('is an empty mapping for nothing', () => {
    expect(emitYaml({})).toBe('{}\n');
  });

  it.each<{ value: JsonValue; text: string }>([
    { value: 'plain text', text: 'plain text' },
    { value: '', text: '""' },
    { value: 'yes', text: '"yes"' },
    { value: 'null', text: '"null"' },
    { value: '~', text: '"~"' },
    { value: '1.10', text: '"1.10"' },
    { value: '0x1f', text: '"0x1f"' },
    { value: '1_000', text: '"1_000"' },
    { value: '12:30', text: '"12:30"' },
    { value: '2021-03-04', text: '"2021-03-04"' },
    { value: '2021-03-04T05:06:07Z', text: '"2021-03-04T05:06:07Z"' },
    { value: '2021-02-30', text: '2021-02-30' },
    { value: 'a: b', text: "'a: b'" },
    { value: 'a:', text: "'a:'" },
    { value: 'a:b', text: 'a:b' },
    { value: 'a #b', text: "'a #b'" },
    { value: 'a#b', text: 'a#b' },
    { value: '*a', text: "'*a'" },
    { value: '-', text: "'-'" },
    { value: '-a', text: '-a' },
    { value: '---a', text: "'---a'" },
    { value: ' a', text: "' a'" },
    { value: "it's: so", text: "'it''s: so'" },
    { value: 'a\tb', text: '"a\\tb"' },
    { value: '\u0000\u0007\u001b', text: '"\\0\\a\\e"' },
    { value: 'back\\slash', text: 'back\\slash' },
    { value: '🚀', text: '"\\U0001F680"' },
    { value: 'é', text: 'é' },
    { value: 'a\nb', text: '|-\n  a\n  b' },
    { value: 'a\nb\n', text: '|\n  a\n  b' },
    { value: 'a\n\n', text: '|+\n  a\n' },
    { value: '\na', text: '|2-\n\n  a' },
    { value: 'a \nb', text: '"a \\nb"' },
    { value: 1.5, text: '1.5' },
    { value: 1234567.5, text: '1.2345675e+06' },
    { value: 0.00001, text: '1e-05' },
    { value: 0.0001, text: '0.0001' },
    { value: 1e21, text: '1e+21' },
    { value: 1e17, text: '100000000000000000' },
    { value: 9007199254740993n, text: '9007199254740993' },
    { value: -3, text: '-3' },
    { value: false, text: 'false' },
    { value: [], text: '[]' },
  ])('writes $value as $text', ({ value, text }) => {
    expect(emitYaml({ key: value })).toBe(`key: ${text}\n`);
  });

  it('folds a text at the first blank beyond the eightieth column', () => {
    const words = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ');
    const [first = '', second = ''] = emitYaml({ key: words }).split('\n');
    expect(first.length).toBeGreaterThan(80);
    expect(first.slice(0, first.lastIndexOf(' ')).length).toBeLessThanOrEqual(80);
    expect(second).toMatch(/^ {2}word/);
  });

  it('writes a long key with a question mark', () => {
    const key = 'k'.repeat(129);
    expect(emitYaml({ [key]: { a: 1 }, b: { [key]: ['x'] } })).toBe(`b:\n  ? ${key}\n  : - x\n? ${key}\n: a: 1\n`);
  });

  it('treats __proto__ as a key like any other', () => {
    const object = JSON.parse('{"__proto__": {"polluted": true}}') as JsonObject;
    expect(emitYaml(object)).toBe('__proto__:\n  polluted: true\n');
  });

  it('reads back as what was written, whatever that is', () => {
    const key = fc.oneof(
      fc.constantFrom('a', 'yes', '1', 'x y', '', 'a: b', "it's", '-', '#', '日本', '<<'),
      fc.string(),
    );
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom('a', 'b', ' ', '\n', ':', '#', "'", '"', '-', '\\', '\t', '1', '.', '{', 'é', '🚀'),
      }),
      fc.string(),
      fc.lorem({ maxCount: 30 }),
    );
    const leaf = fc.oneof(
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n || 0),
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (data) => {
        const object = { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'x' }, data } as JsonObject;
        const bytes = new TextEncoder().encode(emitYaml(object));
        const parsed = parseManifests({ path: 'x.yaml', bytes });
        expect(parsed.problems).toEqual([]);
        const [document] = parsed.documents;
        expect(document !== undefined && deepEqual(toDesiredObject(document).object, object)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
