import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepEqual } from '../../../src/core/sync/json.ts';
import { parseJson, stringifyJson } from '../../../src/core/sync/json-text.ts';

describe('JSON text', () => {
  it.each([
    { name: 'keeps an integer that a double would round', text: '{"a":9007199254740993}' },
    { name: 'keeps a long negative integer', text: '[-12345678901234567890]' },
    { name: 'keeps ordinary numbers', text: '{"a":1,"b":0.5,"c":-3}' },
    { name: 'keeps digits in strings', text: '{"a":"9007199254740993999"}' },
  ])('$name', ({ text }) => {
    expect(stringifyJson(parseJson(text))).toBe(text);
  });

  it('reads a small integer as a number beside a long one', () => {
    expect(parseJson('[1,9007199254740993,1.5]')).toEqual([1, 9007199254740993n, 1.5]);
  });

  it('makes a key named __proto__ an ordinary one', () => {
    const parsed = parseJson('{"__proto__":{"polluted":true},"n":9007199254740993}');
    expect(Object.hasOwn(parsed as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('escapes what a YAML reader refuses, and nothing else', () => {
    expect(stringifyJson({ a: 'x\u007f\u0085\u2028\ufeff', b: 'ü€😀' })).toBe(
      '{"a":"x\\u007f\\u0085\\u2028\\ufeff","b":"ü€😀"}',
    );
  });

  it('throws for text that is not JSON', () => {
    expect(() => parseJson('<html>')).toThrow(SyntaxError);
  });

  it('reads back what it wrote', () => {
    // An integer beyond 2^53 is never a number here: the manifest reader makes it a bigint.
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value));
    const integer = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), integer, number, fc.boolean());
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('tree')), fc.dictionary(fc.string(), tie('tree'))),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const json = value as Parameters<typeof stringifyJson>[0];
        expect(deepEqual(parseJson(stringifyJson(json)), json)).toBe(true);
      }),
    );
  });
});
