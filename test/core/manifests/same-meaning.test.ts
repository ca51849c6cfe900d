import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrees } from '../../../src/core/manifests/read-trees.ts';
import { differsBesides } from '../../../src/core/manifests/same-meaning.ts';
import { createSourceText } from '../../../src/core/manifests/source-text.ts';
import type { YamlTree } from '../../../src/core/manifests/yaml-tree.ts';
import { yamlText } from './arbitrary-yaml.ts';

function treesOf(text: string): readonly YamlTree[] {
  const read = readTrees(createSourceText('a.yaml', text));
  if (!read.ok) throw new Error(read.problem.message);
  return read.trees;
}

/** The first difference between two texts, as what stands there in the first of them. */
function difference(before: string, after: string, values: Readonly<Record<number, string>> = {}): string | undefined {
  const at = differsBesides({
    before: treesOf(before),
    after: treesOf(after),
    values: new Map(Object.entries(values).map(([offset, value]) => [Number(offset), value])),
  });
  return at === undefined ? undefined : before.slice(at);
}

describe('two readings of a file', () => {
  it.each([
    { name: 'a text', before: 'a: 1\nb: 2\n', after: 'a: 1\nb: 3\n', at: '2\n' },
    { name: 'quotes', before: 'a: b\n', after: 'a: "b"\n', at: 'b\n' },
    { name: 'the kind of quotes', before: "a: 'b'\n", after: 'a: "b"\n', at: "'b'\n" },
    { name: 'a block in place of quotes', before: 'a: "b"\n', after: 'a: |-\n  b\n', at: '"b"\n' },
    { name: 'a key', before: 'a: 1\nb: 2\n', after: 'a: 1\nc: 2\n', at: 'b: 2\n' },
    { name: 'the order of keys', before: 'a: 1\nb: 1\n', after: 'b: 1\na: 1\n', at: 'a: 1\nb: 1\n' },
    { name: 'one key more', before: 'a: 1\n', after: 'a: 1\nb: 2\n', at: 'a: 1\n' },
    { name: 'one key less', before: 'a: 1\nb: 2\n', after: 'a: 1\n', at: 'a: 1\nb: 2\n' },
    { name: 'one item more', before: '- 1\n', after: '- 1\n- 2\n', at: '- 1\n' },
    { name: 'one item less', before: '- 1\n- 2\n', after: '- 1\n', at: '- 1\n- 2\n' },
    { name: 'the order of items', before: '- 1\n- 2\n', after: '- 2\n- 1\n', at: '1\n- 2\n' },
    { name: 'a tag', before: 'a: !!str 1\n', after: 'a: !!int 1\n', at: '1\n' },
    { name: 'a tag that is gone', before: 'a: !!str 1\n', after: 'a: 1\n', at: '1\n' },
    { name: 'the tag of a mapping', before: 'a: !x {b: 1}\n', after: 'a: {b: 1}\n', at: '{b: 1}\n' },
    { name: 'an anchor', before: 'a: &x 1\n', after: 'a: &y 1\n', at: '1\n' },
    { name: 'an anchor that is gone', before: 'a: &x 1\n', after: 'a: 1\n', at: '1\n' },
    { name: 'the anchor of a mapping', before: 'a: &x {b: 1}\n', after: 'a: {b: 1}\n', at: '{b: 1}\n' },
    {
      name: 'the name of an alias',
      before: 'a: &x 1\nb: &y 1\nc: *x\n',
      after: 'a: &x 1\nb: &y 1\nc: *y\n',
      at: '*x\n',
    },
    { name: 'a text in place of an alias', before: 'a: &x 1\nc: *x\n', after: 'a: &x 1\nc: 1\n', at: '*x\n' },
    { name: 'a list in place of a mapping', before: 'a: {}\n', after: 'a: []\n', at: '{}\n' },
    { name: 'a text in place of a list', before: 'a: [1]\n', after: 'a: 1\n', at: '[1]\n' },
    { name: 'a list of one line', before: 'a:\n- 1\n', after: 'a: [1]\n', at: '- 1\n' },
    { name: 'a mapping of one line', before: 'a:\n  b: 1\n', after: 'a: {b: 1}\n', at: 'b: 1\n' },
    { name: 'one document more', before: 'a: 1\n', after: 'a: 1\n---\nb: 2\n', at: 'a: 1\n' },
    { name: 'one document less', before: 'a: 1\n---\nb: 2\n', after: 'a: 1\n', at: 'a: 1\n---\nb: 2\n' },
    { name: 'a later document', before: 'a: 1\n---\nb: 2\n', after: 'a: 1\n---\nb: 3\n', at: '2\n' },
    { name: 'something deep', before: 'a: [{b: [1, {c: d}]}]\n', after: 'a: [{b: [1, {c: e}]}]\n', at: 'd}]}]\n' },
  ])('differ where it does: $name', ({ before, after, at }) => {
    expect(difference(before, after)).toBe(at);
  });

  it.each([
    { name: 'comments', before: 'a: 1 # one\n', after: '# one\na: 1\n' },
    { name: 'blanks', before: 'a:   1\n\n\nb: [1,2]\n', after: 'a: 1\nb: [ 1, 2 ]\n' },
    { name: 'another spelling in the same quotes', before: 'a: "\\x41"\n', after: 'a: "A"\n' },
    { name: 'line endings', before: 'a: 1\nb: 2\n', after: 'a: 1\r\nb: 2' },
  ])('are the same whatever the $name', ({ before, after }) => {
    expect(difference(before, after)).toBeUndefined();
  });

  it('are the same if they are the same text', () => {
    fc.assert(
      fc.property(yamlText(6), (text) => {
        if (!readTrees(createSourceText('a.yaml', text)).ok) return;
        expect(difference(text, text)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

describe('a value that is to differ', () => {
  it.each([
    { name: 'may have other quotes', after: 'a: "new"\nb: 1\n', value: 'new' },
    { name: 'may be a string that looks like a number', after: 'a: "1.20"\nb: 1\n', value: '1.20' },
  ])('$name', ({ after, value }) => {
    expect(difference('a: old\nb: 1\n', after, { 3: value })).toBeUndefined();
  });

  it.each([
    { name: 'must be what was asked for', after: 'a: now\nb: 1\n', value: 'new' },
    { name: 'must not stay as it was', after: 'a: old\nb: 1\n', value: 'new' },
    { name: 'must read back as a string, not as a number', after: 'a: 1.20\nb: 1\n', value: '1.20' },
    { name: 'must read back as a string, not as a boolean', after: 'a: on\nb: 1\n', value: 'on' },
    { name: 'must not become a list', after: 'a: [new]\nb: 1\n', value: 'new' },
    { name: 'must not gain a tag', after: 'a: !!str new\nb: 1\n', value: 'new' },
    { name: 'must not gain an anchor', after: 'a: &x new\nb: 1\n', value: 'new' },
  ])('$name', ({ after, value }) => {
    expect(difference('a: old\nb: 1\n', after, { 3: value })).toBe('old\nb: 1\n');
  });

  it('excuses nothing beside it', () => {
    expect(difference('a: old\nb: 1\n', 'a: new\nb: 2\n', { 3: 'new' })).toBe('1\n');
  });
});
