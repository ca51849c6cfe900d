import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/command/adapters/repository.ts';
import { readEnvironment } from '../../src/command/environment-manifests.ts';

const POSITION = { file: '.towpath.yaml', line: 4, col: 11 };
const ENVIRONMENT = {
  name: 'development',
  position: POSITION,
  branch: undefined,
  paths: [{ value: 'apps', position: POSITION }],
  values: [],
  clusters: undefined,
  generators: false,
};
const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

function snapshot(files: Readonly<Record<string, string>>): Snapshot {
  const paths = Object.keys(files).sort();
  return {
    branch: 'master',
    revision: null,
    entries: paths.map((path) => ({ path, kind: 'file' as const, size: 1 })),
    read: async (wanted) => ({
      files: wanted.map((path) => ({ path, bytes: Buffer.from(files[path] ?? '') })),
      problems: [],
    }),
  };
}

const read = (files: Readonly<Record<string, string>>) =>
  readEnvironment(snapshot(files), ENVIRONMENT, new AbortController().signal);

describe('the manifests of an environment', () => {
  it('are the files below its paths', async () => {
    const { files, problems } = await read({ 'apps/a.yaml': OBJECT, 'apps/notes.txt': 'x', 'other/b.yaml': OBJECT });
    expect(files.map((file) => file.path)).toEqual(['apps/a.yaml']);
    expect(problems).toEqual([]);
  });

  it('are not its files where a .flux.yaml has them made by commands: nothing is read, and that is an error', async () => {
    const flux =
      'version: 1\npatchUpdated:\n  generators: [{command: kustomize build .}]\n  patchFile: flux-patch.yaml\n';
    const { files, problems } = await read({ 'apps/.flux.yaml': flux, 'apps/a.yaml': OBJECT });
    expect(files).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ severity: 'error', code: 'GENERATION_UNSUPPORTED' })]);
    expect(problems[0]?.position?.file).toBe('apps/.flux.yaml');
  });

  it('are not its files where the .flux.yaml stands above and cannot be read', async () => {
    const { files, problems } = await read({ '.flux.yaml': 'version: 7\n', 'apps/a.yaml': OBJECT });
    expect(files).toEqual([]);
    expect(problems[0]?.position?.file).toBe('.flux.yaml');
  });

  it('are its files where a .flux.yaml says so', async () => {
    const { files, problems } = await read({
      'apps/.flux.yaml': 'version: 1\nscanForFiles: {}\n',
      'apps/a.yaml': OBJECT,
    });
    expect(files.map((file) => file.path)).toContain('apps/a.yaml');
    expect(problems).toEqual([]);
  });

  it('point at the configuration where a path matches nothing', async () => {
    const { problems } = await read({ 'other/a.yaml': OBJECT });
    expect(problems).toEqual([expect.objectContaining({ severity: 'error', position: POSITION })]);
  });
});
