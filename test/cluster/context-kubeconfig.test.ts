import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Secret } from '../../src/base/secret.ts';
import { createClusters } from '../../src/cluster/clusters.ts';
import type { JsonObject } from '../../src/core/sync/desired-object.ts';
import { testClock } from './support/clock.ts';
import { scratch } from './support/scratch.ts';

const CERTIFICATE = join(import.meta.dirname, '../fixtures/sync/client-certificate.pem');

async function written(user: JsonObject, cluster: JsonObject = {}) {
  const text = JSON.stringify({
    'current-context': 'other',
    contexts: [
      { name: 'prod', context: { cluster: 'c', user: 'robot', namespace: 'web' } },
      { name: 'other', context: { cluster: 'c', user: 'stranger' } },
    ],
    clusters: [{ name: 'c', cluster: { server: 'https://api.example.com', ...cluster } }],
    users: [
      { name: 'robot', user },
      { name: 'stranger', user: { token: 'stranger-token' } },
    ],
  });
  const masked: string[] = [];
  await using place = await scratch();
  const clusters = createClusters({
    kubeconfig: { text },
    env: {},
    userAgent: 'test',
    clock: testClock(),
    mask: (secret: Secret) => masked.push(secret.reveal()),
    scratch: async () => place.directory,
  });
  const output = (await clusters.kubeconfigFor('prod')).reveal();
  const { users, ...rest } = JSON.parse(output) as JsonObject & { users: readonly { user: JsonObject }[] };
  return { rest, user: users[0]?.user, output, masked };
}

describe('the kubeconfig for commands of the repository', () => {
  it('holds one context, as the current one', async () => {
    const { rest, output } = await written({ token: 't0ken' }, { 'tls-server-name': 'api' });
    expect(rest).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'prod',
      contexts: [{ name: 'prod', context: { cluster: 'cluster', user: 'user', namespace: 'web' } }],
      clusters: [{ name: 'cluster', cluster: { server: 'https://api.example.com/', 'tls-server-name': 'api' } }],
    });
    expect(output).not.toContain('stranger');
  });

  it.each<{ name: string; user: JsonObject; expected: JsonObject }>([
    { name: 'a token', user: { token: 't0ken' }, expected: { token: 't0ken' } },
    {
      name: 'a password with a colon',
      user: { username: 'me', password: 'päss:word' },
      expected: { username: 'me', password: 'päss:word' },
    },
    { name: 'nobody', user: {}, expected: {} },
    {
      name: 'somebody else',
      user: { token: 't0ken', as: 'ann', 'as-groups': ['a', 'b'], 'as-uid': '7', 'as-user-extra': { 'x/y': ['z'] } },
      expected: {
        token: 't0ken',
        as: 'ann',
        'as-groups': ['a', 'b'],
        'as-uid': '7',
        'as-user-extra': { 'x/y': ['z'] },
      },
    },
    {
      name: 'what a credential command prints',
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: process.execPath,
          args: ['-e', "console.log(JSON.stringify({ kind: 'ExecCredential', status: { token: 'issued-token' } }))"],
        },
      },
      expected: { token: 'issued-token' },
    },
  ])('says $name', async ({ user, expected }) => {
    expect((await written(user)).user).toEqual(expected);
  });

  it('leads through the proxy of its cluster, whose password is masked', async () => {
    const proxy = 'http://me:pr0xy-word@proxy.example.com:3128';
    const { masked, rest } = await written({}, { 'proxy-url': proxy });
    expect(rest).toMatchObject({ clusters: [{ cluster: { 'proxy-url': proxy } }] });
    expect(masked).toContain('pr0xy-word');
  });

  it('holds what the kubeconfig has in files, and its key is masked as it stands there', async () => {
    const certificate = await readFile(CERTIFICATE);
    await using place = await scratch();
    const { user, masked } = await written({
      'client-certificate': CERTIFICATE,
      'client-key': await place.file('key.pem', 'the key\n'),
    });
    const key = Buffer.from('the key\n').toString('base64');
    expect(user).toEqual({ 'client-certificate-data': certificate.toString('base64'), 'client-key-data': key });
    expect(masked).toContain(key);
  });
});
