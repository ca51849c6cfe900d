import { describe, expect, it } from 'vitest';
import { findGeneration } from '../../../src/core/generation/find-generation.ts';
import type { TreeEntry } from '../../../src/core/manifests/source-file.ts';

function tree(...paths: string[]): TreeEntry[] {
  return paths.map((path) => ({ path, kind: 'file', size: 1 }));
}

const ENVIRONMENTS = tree('envs/.flux.yaml', 'envs/staging/a.yaml', 'envs/production/a.yaml', 'common/a.yaml');

describe('the .flux.yaml of a path', () => {
  it.each([
    {
      name: 'lies in its directory',
      entries: tree('dev/.flux.yaml', 'dev/a.yaml'),
      path: 'dev',
      config: 'dev/.flux.yaml',
    },
    { name: 'is the path itself', entries: tree('dev/.flux.yaml'), path: 'dev/.flux.yaml', config: 'dev/.flux.yaml' },
    { name: 'lies further up', entries: tree('.flux.yaml', 'a/b/c/x.yaml'), path: 'a/b/c', config: '.flux.yaml' },
    {
      name: 'is the nearest',
      entries: tree('.flux.yaml', 'a/.flux.yaml', 'a/b/x.yaml'),
      path: 'a/b',
      config: 'a/.flux.yaml',
    },
    { name: 'governs the root', entries: tree('.flux.yaml', 'a.yaml'), path: '.', config: '.flux.yaml' },
    {
      name: 'is found however the path is written',
      entries: tree('a/.flux.yaml'),
      path: './b/../a/',
      config: 'a/.flux.yaml',
    },
    { name: 'is not looked for below', entries: tree('a/b/.flux.yaml', 'a/x.yaml'), path: 'a', config: undefined },
    {
      name: 'does not govern a single file',
      entries: tree('a/.flux.yaml', 'a/x.yaml'),
      path: 'a/x.yaml',
      config: undefined,
    },
    { name: 'does not govern what is not there', entries: tree('.flux.yaml'), path: 'gone', config: undefined },
    { name: 'does not govern what leaves the tree', entries: tree('.flux.yaml'), path: '../a', config: undefined },
    { name: 'is called exactly so', entries: tree('a/x.flux.yaml', 'a/.flux.yml'), path: 'a', config: undefined },
  ])('$name', ({ entries, path, config }) => {
    const found = findGeneration(entries, [path]);
    const expected =
      config === undefined ? { governed: [], raw: [path] } : { governed: [{ path, configPath: config }], raw: [] };
    expect(found).toEqual(expected);
  });

  it('is looked for path by path', () => {
    expect(findGeneration(ENVIRONMENTS, ['envs/staging', 'envs/production', 'common'])).toEqual({
      governed: [
        { path: 'envs/staging', configPath: 'envs/.flux.yaml' },
        { path: 'envs/production', configPath: 'envs/.flux.yaml' },
      ],
      raw: ['common'],
    });
  });
});
