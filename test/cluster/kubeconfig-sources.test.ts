import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKubeconfigSources } from '../../src/cluster/kubeconfig-sources.ts';
import { scratch } from './support/scratch.ts';

/** As a pod has it: none of this may ever be taken. */
const IN_CLUSTER = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };

describe('the kubeconfig of a run', () => {
  it('is the content given, whatever the environment says', async () => {
    const text = 'contexts: []';
    const expected = [{ name: 'the kubeconfig given', directory: undefined, text }];
    expect(await readKubeconfigSources({ text }, { KUBECONFIG: '/nowhere' })).toEqual(expected);
    expect(await readKubeconfigSources({ text: Buffer.from(text).toString('base64') }, {})).toEqual(expected);
  });

  it('is the file given, with the directory that its references start at', async () => {
    await using place = await scratch();
    const file = await place.file('config', 'contexts: []');
    const sources = await readKubeconfigSources({ paths: [file] }, { KUBECONFIG: '/nowhere' });
    expect(sources).toEqual([{ name: file, directory: place.directory, text: 'contexts: []' }]);
  });

  it('is in the files of KUBECONFIG that are there, in their order, each once', async () => {
    await using place = await scratch();
    const [one, two] = [await place.file('one', 'a: 1'), await place.file('two', 'a: 2')];
    const env = { KUBECONFIG: ['', two, '/nowhere', one, two, ''].join(delimiter), HOME: place.directory };
    expect((await readKubeconfigSources(undefined, env)).map(({ name }) => name)).toEqual([two, one]);
  });

  it('is in the home directory without KUBECONFIG', async () => {
    await using place = await scratch();
    await mkdir(join(place.directory, '.kube'));
    const file = await place.file(join('.kube', 'config'), 'a: 1');
    expect((await readKubeconfigSources(undefined, { HOME: place.directory, KUBECONFIG: '' }))[0]?.name).toBe(file);
    expect((await readKubeconfigSources(undefined, { USERPROFILE: place.directory }))[0]?.name).toBe(file);
  });

  it.each([
    {
      name: 'a file that was named',
      input: { paths: ['/nowhere/config'] },
      env: {},
      message: 'no kubeconfig at /nowhere/config',
    },
    {
      name: 'any of the files in KUBECONFIG',
      input: undefined,
      env: { KUBECONFIG: '/nowhere/a' },
      message: '$KUBECONFIG names /nowhere/a, which is not there',
    },
    {
      name: 'the default file',
      input: undefined,
      env: { HOME: '/nowhere', ...IN_CLUSTER },
      message: 'no kubeconfig is given, and there is no /nowhere/.kube/config',
    },
    { name: 'a home directory', input: undefined, env: IN_CLUSTER, message: 'no kubeconfig is given' },
  ])('is an error without $name', async ({ input, env, message }) => {
    await expect(readKubeconfigSources(input, env)).rejects.toMatchObject({ code: 'KUBECONFIG_NOT_FOUND', message });
  });

  it('is an error where it is a directory', async () => {
    await using place = await scratch();
    const reading = readKubeconfigSources({ paths: [place.directory] }, {});
    await expect(reading).rejects.toMatchObject({
      code: 'KUBECONFIG_UNREADABLE',
      message: `cannot read ${place.directory} (EISDIR)`,
    });
  });
});
