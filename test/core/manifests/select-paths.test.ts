import { describe, expect, it } from 'vitest';
import { selectManifestPaths } from '../../../src/core/manifests/select-paths.ts';
import type { TreeEntry } from '../../../src/core/manifests/source-file.ts';

function tree(...paths: readonly string[]): TreeEntry[] {
  return paths.map((path) => {
    const [name = '', kind = 'file'] = path.split(' ');
    return { path: name, kind: kind as TreeEntry['kind'], size: 1 };
  });
}

const repository = tree(
  'README.md',
  'apps/a.yaml',
  'apps/.flux.yaml',
  'apps/b.yml',
  'apps/c.json',
  'apps/d.YAML',
  'apps/deep/er/e.yaml',
  'apps/.hidden/f.yaml',
  'apps/run.yaml executable',
  'apps/link.yaml symlink',
  'apps/module submodule',
  'apps2/g.yaml',
  'charts/x/Chart.yaml',
  'charts/x/values.yaml',
  'charts/x/templates/h.yaml',
  'charts/x/charts/y/i.yaml',
  'charts/half/Chart.yaml',
  'single.yaml',
);

describe('the manifest files of an environment', () => {
  it.each([
    {
      paths: ['apps'],
      files: [
        'apps/.flux.yaml',
        'apps/.hidden/f.yaml',
        'apps/a.yaml',
        'apps/b.yml',
        'apps/deep/er/e.yaml',
        'apps/run.yaml',
      ],
    },
    {
      paths: ['apps/'],
      files: [
        'apps/.flux.yaml',
        'apps/.hidden/f.yaml',
        'apps/a.yaml',
        'apps/b.yml',
        'apps/deep/er/e.yaml',
        'apps/run.yaml',
      ],
    },
    { paths: ['./apps/deep'], files: ['apps/deep/er/e.yaml'] },
    { paths: ['apps/deep/../a.yaml'], files: ['apps/a.yaml'] },
    { paths: ['single.yaml', 'apps2'], files: ['apps2/g.yaml', 'single.yaml'] },
    { paths: ['apps/a.yaml', 'apps/a.yaml'], files: ['apps/a.yaml'] },
    { paths: ['charts'], files: ['charts/half/Chart.yaml'] },
    { paths: ['charts/x/templates'], files: [] },
    { paths: ['charts/x/charts/y/i.yaml'], files: [] },
    { paths: ['README.md'], files: [] },
  ])('below $paths are $files', ({ paths, files }) => {
    expect(selectManifestPaths(repository, paths)).toEqual({ paths: files, problems: [] });
  });

  it('below the root are all of them', () => {
    expect(selectManifestPaths(repository, ['.']).paths).toHaveLength(9);
    expect(selectManifestPaths(repository, ['']).paths).toHaveLength(9);
  });

  it('are none where the root is a chart', () => {
    expect(selectManifestPaths(tree('Chart.yaml', 'values.yaml', 'templates/a.yaml'), ['.'])).toEqual({
      paths: [],
      problems: [],
    });
  });

  it('are still those of the other paths where one path matches nothing', () => {
    expect(selectManifestPaths(repository, ['nowhere', 'single.yaml'])).toEqual({
      paths: ['single.yaml'],
      problems: [
        {
          severity: 'error',
          code: 'PATH_NOT_FOUND',
          message: 'environment path nowhere matches no file',
          hint: expect.any(String),
        },
      ],
    });
  });

  it.each(['../other', 'apps/../../other', '/etc', 'C:/x', 'apps\\a.yaml'])(
    'never lie outside of the repository: %s',
    (path) => {
      expect(selectManifestPaths(repository, [path])).toMatchObject({
        paths: [],
        problems: [{ code: 'PATH_OUTSIDE_ROOT' }],
      });
    },
  );
});
