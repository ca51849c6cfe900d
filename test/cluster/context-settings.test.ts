import { describe, expect, it } from 'vitest';
import { contextSettings } from '../../src/cluster/context-settings.ts';
import type { JsonObject } from '../../src/core/sync/desired-object.ts';
import { parseKubeconfigs } from '../../src/core/sync/kubeconfig.ts';

interface Parts {
  readonly context?: JsonObject;
  readonly cluster?: JsonObject;
  readonly user?: JsonObject;
  readonly directory?: string | undefined;
}

function settings({ context = {}, cluster = {}, user = {}, directory = '/etc/kube' }: Parts, isContent = false) {
  const text = JSON.stringify({
    contexts: [{ name: 'a', context: { cluster: 'c', user: 'u', ...context } }],
    clusters: [{ name: 'c', cluster: { server: 'https://api.example.com', ...cluster } }],
    users: [{ name: 'u', user }],
  });
  return contextSettings(
    parseKubeconfigs([{ name: 'config', directory: isContent ? undefined : directory, text }]),
    'a',
  );
}

describe('a context', () => {
  it('has everything that a connection needs', () => {
    const found = settings({
      context: { namespace: 'team' },
      cluster: { 'certificate-authority': 'ca.pem', 'tls-server-name': 'other', 'proxy-url': 'http://proxy' },
      user: { token: 't', 'client-certificate': '/abs/cert.pem', 'client-key-data': 'a2V5', tokenFile: 'token' },
    });
    expect(found).toMatchObject({
      name: 'a',
      namespace: 'team',
      server: new URL('https://api.example.com'),
      cluster: { caFile: '/etc/kube/ca.pem', tlsServerName: 'other', proxyUrl: 'http://proxy', skipVerify: false },
      user: { name: 'u', token: 't', certFile: '/abs/cert.pem', keyData: 'a2V5', tokenFile: '/etc/kube/token' },
    });
  });

  it.each([
    { server: 'https://api:6443/', href: 'https://api:6443/' },
    { server: 'api:6443', href: 'https://api:6443/' },
    { server: 'http://127.0.0.1:8001', href: 'http://127.0.0.1:8001/' },
    { server: 'https://host/k8s/clusters/c-1', href: 'https://host/k8s/clusters/c-1' },
  ])('takes $server as server', ({ server, href }) => {
    expect(settings({ cluster: { server } }).server.href).toBe(href);
  });

  it('takes embedded data rather than a file', () => {
    const found = settings({
      cluster: { 'certificate-authority': 'ca.pem', 'certificate-authority-data': 'Y2E=' },
      user: { 'client-certificate': 'c.pem', 'client-certificate-data': 'Yw==' },
    });
    expect(found.cluster).toMatchObject({ caData: 'Y2E=', caFile: undefined });
    expect(found.user).toMatchObject({ certData: 'Yw==', certFile: undefined });
  });

  it('needs no authority where the server is not verified', () => {
    const cluster = { 'insecure-skip-tls-verify': true, 'certificate-authority': 'gone.pem' };
    expect(settings({ cluster }).cluster).toMatchObject({ skipVerify: true, caFile: undefined });
  });

  it('may be anonymous', () => {
    expect(settings({ context: { user: '' } }).user).toMatchObject({ name: '', token: undefined });
  });

  it('may act as somebody else', () => {
    const user = { as: 'jane', 'as-uid': '7', 'as-groups': ['a', 'b'], 'as-user-extra': { 'example.com/x': ['1'] } };
    expect(settings({ user }).user.impersonate).toEqual({
      'Impersonate-User': 'jane',
      'Impersonate-Uid': '7',
      'Impersonate-Group': ['a', 'b'],
      'Impersonate-Extra-example.com%2Fx': ['1'],
    });
  });

  it.each([
    { command: 'aws', expected: 'aws' },
    { command: './bin/login', expected: '/etc/kube/bin/login' },
    { command: '/usr/bin/login', expected: '/usr/bin/login' },
  ])('finds the credential command $command as kubectl does', ({ command, expected }) => {
    expect(settings({ user: { exec: { command } } }).user.exec?.command).toBe(expected);
  });

  it('reads the arguments and environment of a credential command', () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: 'x',
      args: ['a', 'b'],
      env: [{ name: 'A', value: '1' }, {}],
      provideClusterInfo: true,
      installHint: 'Get it.',
    };
    expect(settings({ user: { exec } }).user.exec).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: 'x',
      args: ['a', 'b'],
      env: { A: '1' },
      provideClusterInfo: true,
      installHint: 'Get it.',
    });
  });

  it.each<{ name: string; parts: Parts; isContent?: boolean; message: string }>([
    {
      name: 'its cluster',
      parts: { context: { cluster: 'gone' } },
      message: 'config: context a names the cluster gone, which is not there',
    },
    { name: 'a cluster', parts: { context: { cluster: null } }, message: 'config: context a names no cluster' },
    {
      name: 'its user',
      parts: { context: { user: 'gone' } },
      message: 'config: context a names the user gone, which is not there',
    },
    {
      name: 'a server',
      parts: { cluster: { server: '' } },
      message: 'config: context a has a cluster without a usable server address',
    },
    {
      name: 'a server that is an address',
      parts: { cluster: { server: 'https://' } },
      message: 'config: context a has a cluster without a usable server address',
    },
    {
      name: 'a credential command',
      parts: { user: { exec: { args: [] } } },
      message: 'config: user u has exec without a command',
    },
    {
      name: 'a place for its files',
      parts: { user: { 'client-key': 'key.pem' } },
      isContent: true,
      message: 'config: refers to the file key.pem by a relative path under client-key, but is no file itself',
    },
  ])('is an error without $name', ({ parts, isContent = false, message }) => {
    expect(() => settings(parts, isContent)).toThrow(expect.objectContaining({ code: 'KUBECONFIG_INVALID', message }));
  });

  it('is an error where there is none of its name', () => {
    const kubeconfig = parseKubeconfigs([{ name: 'f', directory: '/', text: 'contexts: [{name: prod}]' }]);
    expect(() => contextSettings(kubeconfig, 'prd')).toThrow(
      expect.objectContaining({ code: 'KUBECONFIG_CONTEXT_UNKNOWN', hint: 'Did you mean prod?' }),
    );
  });
});
