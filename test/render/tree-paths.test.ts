import { describe, expect, it } from 'vitest';
import { isInside, staysInside } from '../../src/render/tree-paths.ts';

describe('a path of a tree', () => {
  it.each([
    { path: 'a', inside: true },
    { path: 'a/b.yaml', inside: true },
    { path: '..a/b', inside: true },
    { path: '', inside: false },
    { path: '/a', inside: false },
    { path: '../a', inside: false },
    { path: 'a/../b', inside: false },
    { path: 'a/./b', inside: false },
    { path: 'a//b', inside: false },
    { path: 'a/', inside: false },
    { path: '.git/config', inside: false },
    { path: 'a/.Git/config', inside: false },
    { path: 'a\0b', inside: false },
  ])('can be copied or not: $path $inside', ({ path, inside }) => {
    expect(isInside(path)).toBe(inside);
  });
});

describe('a link', () => {
  it.each([
    { path: 'link', target: 'a', inside: true },
    { path: 'link', target: './a/b', inside: true },
    { path: 'link', target: '../a', inside: false },
    { path: 'd/link', target: '../a', inside: true },
    { path: 'd/link', target: '..', inside: true },
    { path: 'd/link', target: '../..', inside: false },
    { path: 'd/e/link', target: '../../a', inside: true },
    { path: 'd/e/link', target: '../../../a', inside: false },
    // A link on the way may lead anywhere: what `..` means behind it depends on where.
    { path: 'd/link', target: 'other/../a', inside: false },
    { path: 'd/link', target: '../other/../../a', inside: false },
    { path: 'link', target: '/etc/passwd', inside: false },
    { path: 'link', target: '.git/config', inside: false },
    { path: 'link', target: '', inside: false },
  ])('stays in the tree or not: $path -> $target $inside', ({ path, target, inside }) => {
    expect(staysInside(path, target)).toBe(inside);
  });
});
