import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/command/adapters/repository.ts';
import { findSources } from '../../../src/command/generated/environment-sources.ts';

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
    links: async () => new Map(),
  };
}

const read = (
  files: Readonly<Record<string, string>>,
  { generators = false, fromFork = false }: { readonly generators?: boolean; readonly fromFork?: boolean } = {},
) => {
  const environment = {
    ...ENVIRONMENT,
    paths: [...ENVIRONMENT.paths, { value: 'plain', position: POSITION }],
    generators,
  };
  const given = { snapshot: snapshot({ 'plain/p.yaml': OBJECT, ...files }), environment, event: { fromFork } };
  return findSources(given, new AbortController().signal);
};

const GENERATED =
  'version: 1\npatchUpdated:\n  generators: [{command: kustomize build .}]\n  patchFile: flux-patch.yaml\n';

describe('the manifests of an environment', () => {
  it('are the files below its paths', async () => {
    const { files, problems } = await read({ 'apps/a.yaml': OBJECT, 'apps/notes.txt': 'x', 'other/b.yaml': OBJECT });
    expect(files.map((file) => file.path)).toEqual(['apps/a.yaml', 'plain/p.yaml']);
    expect(problems).toEqual([]);
  });

  it('are the files of its other paths and what commands make, where it lets them run', async () => {
    const sources = await read({ 'apps/.flux.yaml': GENERATED, 'apps/a.yaml': OBJECT }, { generators: true });
    expect(sources).toMatchObject({ refused: false, problems: [], imageFiles: [] });
    expect(sources.files.map((file) => file.path)).toEqual(['plain/p.yaml']);
    expect(sources.generations).toMatchObject([{ configPath: 'apps/.flux.yaml', paths: ['apps'] }]);
  });

  it.each([
    {
      name: 'it does not let commands run',
      given: {},
      code: 'GENERATORS_NOT_ALLOWED',
      message: 'commands of apps/.flux.yaml make the manifests of environment development and are not allowed to run',
      hint: 'Set environments.development.generators: true in the configuration.',
    },
    {
      name: 'the commands are those of a fork, whatever the configuration says',
      given: { generators: true, fromFork: true },
      code: 'GENERATORS_FORK',
      message: "commands of apps/.flux.yaml are not run for a fork's code",
      hint: 'Push the branch to this repository, once its changes have been read.',
    },
  ])('are none at all where $name', async ({ given, code, message, hint }) => {
    const sources = await read({ 'apps/.flux.yaml': GENERATED, 'apps/a.yaml': OBJECT }, given);
    expect(sources).toMatchObject({ refused: true, files: [], imageFiles: [], generations: [] });
    const position = { file: 'apps/.flux.yaml', line: 2, col: 1 };
    expect(sources.problems).toEqual([{ severity: 'error', code, message, hint, subject: 'development', position }]);
  });

  it('are none at all where a .flux.yaml above cannot be followed, or cannot be read', async () => {
    const wrong = await read({ '.flux.yaml': 'version: 7\n', 'apps/a.yaml': OBJECT }, { generators: true });
    expect(wrong).toMatchObject({ refused: true, files: [] });
    expect(wrong.problems[0]?.position?.file).toBe('.flux.yaml');
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
