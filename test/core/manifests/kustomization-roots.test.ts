import { expect, it } from 'vitest';
import { kustomizationRoots } from '../../../src/core/manifests/kustomization-roots.ts';

function roots(paths: readonly string[], below: readonly string[]): string[] {
  const entries = paths.map((path) => ({ path, kind: 'file' as const, size: 1 }));
  return kustomizationRoots(entries, below).map(({ directory, file }) => `${directory || '.'} by ${file}`);
}

it.each([
  {
    what: 'a directory of its own',
    paths: ['a/kustomization.yaml'],
    below: ['a'],
    expected: ['a by a/kustomization.yaml'],
  },
  {
    what: 'the root',
    paths: ['Kustomization', 'a/kustomization.yaml'],
    below: ['.'],
    expected: ['. by Kustomization'],
  },
  {
    what: 'the topmost of several',
    paths: ['a/b/kustomization.yml', 'a/b/c/kustomization.yaml', 'a/d/x.yaml', 'a/e/f/Kustomization'],
    below: ['a'],
    expected: ['a/b by a/b/kustomization.yml', 'a/e/f by a/e/f/Kustomization'],
  },
  {
    what: 'the first of three names',
    paths: ['a/Kustomization', 'a/kustomization.yaml', 'a/kustomization.yml'],
    below: ['a'],
    expected: ['a by a/kustomization.yaml'],
  },
  { what: 'nothing above the path', paths: ['kustomization.yaml', 'a/x.yaml'], below: ['a'], expected: [] },
  {
    what: 'neighbours with a common beginning',
    paths: ['a/kustomization.yaml', 'ab/kustomization.yaml'],
    below: ['a', 'ab'],
    expected: ['a by a/kustomization.yaml', 'ab by ab/kustomization.yaml'],
  },
  {
    what: 'no file of another name',
    paths: ['a/my-kustomization.yaml', 'a/kustomization.json'],
    below: ['a'],
    expected: [],
  },
])('$what is built', ({ paths, below, expected }) => expect(roots(paths, below)).toEqual(expected));
