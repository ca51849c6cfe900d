import { describe, expect, it } from 'vitest';
import { composeTrees } from '../../../src/core/manifests/compose-tree.ts';
import { plainValue, typeOfScalar } from '../../../src/core/manifests/scalar-type.ts';
import { createSourceText } from '../../../src/core/manifests/source-text.ts';

describe('an unquoted scalar', () => {
  // What a kube-apiserver gave back for each, sent as YAML.
  it.each([
    ['yes', true],
    ['on', true],
    ['NO', false],
    ['y', true],
    ['n', false],
    ['0777', 511],
    ['0o17', 15],
    ['1e3', 1000],
    ['1_000', 1000],
    ['12:30:45', '12:30:45'],
    ['2020-01-01', '2020-01-01'],
    ['0x1F', 31],
    ['0b11', 3],
    ['1.10', 1.1],
    ['~', null],
    ['', null],
    ['Null', null],
    ['=', '='],
    ['+1', 1],
    ['.5', 0.5],
    ['1.', 1],
    ['012', 10],
    ['08', 8],
    ['1e', '1e'],
    ['off', false],
    ['True', true],
  ])('%s is what the API server reads', (text, value) => {
    expect(plainValue(text)).toBe(value);
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['18446744073709551615', 18446744073709551615n],
    ['18446744073709551616', 18446744073709552000],
    ['0xFFFFFFFFFFFFFFFF', 18446744073709551615n],
    ['-0b11', -3],
    ['-012', -10],
    ['+0x1f', 31],
    ['-1.5e-3', -0.0015],
    ['.', '.'],
    ['-', '-'],
    ['+', '+'],
    ['1__0', 10],
    ['_1', '_1'],
    ['.5_0', 0.5],
    ['.5_', '.5_'],
    ['1e400', '1e400'],
    ['0_7', 7],
    ['0O17', 15],
    ['0B11', 3],
    ['+.inf', Number.POSITIVE_INFINITY],
    ['+.nan', '+.nan'],
    ['0b12', '0b12'],
    ['0o8', '0o8'],
    ['0xg', '0xg'],
    ['1.2.3', '1.2.3'],
    ['yEs', 'yEs'],
    ['<<', '<<'],
    ['1 2', '1 2'],
    ['.inf', Number.POSITIVE_INFINITY],
    ['-.INF', Number.NEGATIVE_INFINITY],
    ['.NaN', Number.NaN],
    ['v1', 'v1'],
    ['1.10-alpine', '1.10-alpine'],
  ])('%s has its type', (text, value) => {
    expect(plainValue(text)).toBe(value);
  });

  it('of very many digits is left a text', () => {
    const digits = '9'.repeat(100_000);
    expect(plainValue(digits)).toBe(digits);
  });
});

describe('a scalar with quotes or a tag', () => {
  it.each([
    ['"1.10"', '1.10'],
    ["'true'", 'true'],
    ['|-\n  5', '5'],
    ['!!str 5', '5'],
    ['!!int "5"', 5],
    ['!!float 5', 5],
    ['!!bool "yes"', true],
    ['!!null ""', null],
    ['! 5', '5'],
    ['!vault 5', '5'],
    ['!!binary aGVsbG8=', 'hello'],
  ])('%s has its type', (text, value) => {
    const read = composeTrees(createSourceText('a.yaml', `k: ${text}\n`));
    const root = read.ok ? read.trees[0]?.root : undefined;
    const node = root?.kind === 'map' ? root.pairs[0]?.value : undefined;
    expect(node?.kind === 'scalar' ? typeOfScalar(node) : node).toBe(value);
  });
});
