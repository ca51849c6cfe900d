import { describe, expect, it } from 'vitest';
import { planGeneration } from '../../../src/core/generation/generation.ts';
import { refuseGeneration } from '../../../src/core/generation/permission.ts';

const PATCHED = 'version: 1\npatchUpdated: {generators: [{command: a}], patchFile: PATCH}\n';

function file(path: string, text: string) {
  return { path, bytes: new TextEncoder().encode(text) };
}

function planned(patchFile: string, configPath = 'dev/.flux.yaml') {
  const governed = [{ path: 'dev', configPath }];
  return planGeneration(governed, [file(configPath, PATCHED.replace('PATCH', patchFile))]);
}

describe('a plan of generation', () => {
  it.each([
    { patchFile: 'flux-patch.yaml', path: 'dev/flux-patch.yaml' },
    { patchFile: './flux-patch.yaml', path: 'dev/flux-patch.yaml' },
    { patchFile: '../patches/dev.yaml', path: 'patches/dev.yaml' },
  ])('finds the patch file $patchFile from the directory of the .flux.yaml', ({ patchFile, path }) => {
    const { generations, problems } = planned(patchFile);
    expect(problems).toEqual([]);
    expect(generations).toMatchObject([{ directory: 'dev', patchPath: path, paths: ['dev'] }]);
  });

  it.each([
    ...['../../flux-patch.yaml', '/etc/flux-patch.yaml', '..', 'patches/', 'C:\\\\patch.yaml'],
    ...['.git/patch.yaml', '../.git/config', '../.GIT/patch.yaml', '.flux.yaml', '../staging/.flux.yaml'],
  ])('refuses the patch file %s', (patchFile) => {
    expect(planned(`"${patchFile}"`).problems).toMatchObject([
      { severity: 'error', code: 'GENERATION_CONFIG', position: { file: 'dev/.flux.yaml', line: 2 } },
    ]);
  });

  it('has each .flux.yaml once, with all the paths that it governs', () => {
    const governed = [
      { path: 'envs/staging', configPath: 'envs/.flux.yaml' },
      { path: 'dev', configPath: 'dev/.flux.yaml' },
      { path: 'envs/production', configPath: 'envs/.flux.yaml' },
    ];
    const text = PATCHED.replace('PATCH', 'p.yaml');
    const { generations, problems } = planGeneration(governed, [
      file('envs/.flux.yaml', text),
      file('dev/.flux.yaml', text),
    ]);
    expect(generations.map(({ configPath, paths }) => [configPath, paths])).toEqual([
      ['envs/.flux.yaml', ['envs/staging', 'envs/production']],
      ['dev/.flux.yaml', ['dev']],
    ]);
    expect(problems.map(({ severity, code, subject }) => [severity, code, subject])).toEqual([
      ['warning', 'GENERATION_DIRECTORY', 'envs/staging'],
      ['warning', 'GENERATION_DIRECTORY', 'envs/production'],
    ]);
  });

  it('gives nothing for a file that could not be read: its reader has said so', () => {
    expect(planGeneration([{ path: 'dev', configPath: 'dev/.flux.yaml' }], [])).toEqual({
      generations: [],
      raw: [],
      problems: [],
    });
  });

  it('runs where it is allowed and not for a fork', () => {
    const [generation] = planned('p.yaml').generations;
    if (generation === undefined) throw new Error('no plan');
    const given = { generation, environment: 'dev' };
    expect(refuseGeneration({ ...given, allowed: true, fromFork: false })).toBeUndefined();
    expect(refuseGeneration({ ...given, allowed: false, fromFork: false })).toMatchObject({
      code: 'GENERATORS_NOT_ALLOWED',
      severity: 'error',
      subject: 'dev',
      hint: 'Set environments.dev.generators: true in the configuration.',
    });
    expect(refuseGeneration({ ...given, allowed: true, fromFork: true })).toMatchObject({ code: 'GENERATORS_FORK' });
  });
});
