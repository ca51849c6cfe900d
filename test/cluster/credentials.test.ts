import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Secret } from '../../src/base/secret.ts';
import { contextSettings } from '../../src/cluster/context-settings.ts';
import { type CredentialSource, createCredentialSource } from '../../src/cluster/credentials.ts';
import type { JsonObject } from '../../src/core/sync/desired-object.ts';
import { parseKubeconfigs } from '../../src/core/sync/kubeconfig.ts';
import { testClock } from './support/clock.ts';
import { scratch } from './support/scratch.ts';

/** Valid until 22 November 2026. */
const CERTIFICATE = join(import.meta.dirname, '../fixtures/sync/client-certificate.pem');

interface Given {
  readonly user: JsonObject;
  readonly cluster?: JsonObject;
  readonly env?: NodeJS.ProcessEnv;
  readonly kubeconfigFile?: () => Promise<string>;
  readonly now?: number;
}

function source({ user, cluster = {}, env = {}, kubeconfigFile, now }: Given): CredentialSource & { masked: string[] } {
  const text = JSON.stringify({
    contexts: [{ name: 'prod', context: { cluster: 'c', user: 'robot' } }],
    clusters: [{ name: 'c', cluster: { server: 'https://api.example.com', ...cluster } }],
    users: [{ name: 'robot', user }],
  });
  const masked: string[] = [];
  const settings = contextSettings(parseKubeconfigs([{ name: 'config', directory: '/', text }]), 'prod');
  const options = {
    env,
    clock: testClock(now),
    kubeconfigFile,
    mask: (secret: Secret) => masked.push(secret.reveal()),
  };
  return { ...createCredentialSource(settings, options), masked };
}

/** A credential command that is a program of these lines of JavaScript. */
function command(program: string, extra: JsonObject = {}): JsonObject {
  return {
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', program], ...extra },
  };
}

const print = (status: string) => `console.log(JSON.stringify({ kind: 'ExecCredential', status: ${status} }))`;

describe('credentials', () => {
  it.each([
    { name: 'a token', user: { token: 't0ken' }, headers: { Authorization: 'Bearer t0ken' }, masked: ['t0ken'] },
    {
      name: 'a user name and a password',
      user: { username: 'me', password: 'pässword' },
      headers: { Authorization: `Basic ${Buffer.from('me:pässword').toString('base64')}` },
      masked: ['pässword'],
    },
    { name: 'nobody', user: {}, headers: {}, masked: [] },
    {
      name: 'somebody else',
      user: { token: 't0ken', as: 'jane', 'as-groups': ['a'] },
      headers: { Authorization: 'Bearer t0ken', 'Impersonate-User': 'jane', 'Impersonate-Group': ['a'] },
      masked: ['t0ken'],
    },
  ])('may be $name', async ({ user, headers, masked }) => {
    const credentials = source({ user });
    expect((await credentials.get()).headers).toEqual(headers);
    expect(credentials.masked).toEqual(expect.arrayContaining(masked));
  });

  it('carry what TLS needs', async () => {
    const pem = await readFile(CERTIFICATE);
    const data = pem.toString('base64');
    const cluster = { 'certificate-authority': CERTIFICATE, 'tls-server-name': 'other' };
    const user = { 'client-certificate-data': data, 'client-key-data': Buffer.from('the key').toString('base64') };
    const credentials = source({ user, cluster });
    const { tls } = await credentials.get();
    expect(tls).toEqual({
      ca: pem,
      cert: pem,
      key: Buffer.from('the key'),
      rejectUnauthorized: true,
      servername: 'other',
    });
    expect(credentials.masked).toContain('the key');
  });

  it('verify the server unless told otherwise', async () => {
    expect(
      (await source({ user: {}, cluster: { 'insecure-skip-tls-verify': true } }).get()).tls.rejectUnauthorized,
    ).toBe(false);
    expect((await source({ user: {} }).get()).tls.rejectUnauthorized).toBe(true);
  });

  it('are never sent in plain text', async () => {
    const credentials = source({ user: { token: 't0ken' }, cluster: { server: 'http://127.0.0.1:8001' } });
    expect((await credentials.get()).headers).toEqual({});
  });

  it('come from a file that is read again when they are renewed', async () => {
    await using place = await scratch();
    const tokenFile = await place.file('token', 'first\n');
    const credentials = source({ user: { tokenFile, token: 'unused' } });
    const first = await credentials.get();
    await place.file('token', 'second');
    expect((await credentials.get()).headers['Authorization']).toBe('Bearer first');
    expect((await credentials.refresh(first))?.headers['Authorization']).toBe('Bearer second');
    expect((await credentials.get()).headers['Authorization']).toBe('Bearer second');
  });

  it('cannot be renewed where the kubeconfig is all there is', async () => {
    const credentials = source({ user: { token: 't0ken' } });
    expect(await credentials.refresh(await credentials.get())).toBeUndefined();
  });

  it.each([
    {
      name: 'a token file',
      user: { tokenFile: '/nowhere/token' },
      cluster: {},
      message: 'cannot read the token file /nowhere/token (ENOENT)',
    },
    {
      name: 'a file of the cluster',
      user: {},
      cluster: { 'certificate-authority': '/nowhere/ca.pem' },
      message: /^no credential for context prod: ENOENT.*\/nowhere\/ca\.pem/,
    },
    {
      name: 'a readable certificate',
      user: { 'client-certificate-data': 'AAAA' },
      cluster: {},
      message: 'the client certificate of context prod cannot be read',
    },
  ])('are an error without $name', async ({ user, cluster, message }) => {
    await expect(source({ user, cluster }).get()).rejects.toMatchObject({
      code: 'CLUSTER_CREDENTIAL_FAILED',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      subject: 'prod',
    });
  });

  it('are an error when the certificate has expired', async () => {
    const user = { 'client-certificate': CERTIFICATE };
    await expect(source({ user, now: Date.UTC(2026, 10, 22) }).get()).resolves.toBeDefined();
    await expect(source({ user, now: Date.UTC(2026, 10, 23) }).get()).rejects.toMatchObject({
      code: 'KUBECONFIG_CERTIFICATE_EXPIRED',
      message: 'the client certificate of context prod expired on 2026-11-22T12:36:08.000Z',
      hint: 'Renew the certificate of user robot in the kubeconfig.',
    });
  });
});

describe('a credential command', () => {
  it('gives a token, which is masked', async () => {
    const credentials = source({ user: command(print(`{ token: 'issued' }`)) });
    expect((await credentials.get()).headers['Authorization']).toBe('Bearer issued');
    expect(credentials.masked).toContain('issued');
  });

  it('gives a certificate with its key', async () => {
    const pem = (await readFile(CERTIFICATE, 'utf8')).trim();
    const status = JSON.stringify({ clientCertificateData: pem, clientKeyData: 'the key' });
    const { tls } = await source({ user: command(print(status)) }).get();
    expect(tls).toMatchObject({ cert: Buffer.from(pem), key: Buffer.from('the key') });
  });

  it('is told what it is for, in the environment of the run and its own', async () => {
    const program = print(
      `{ token: JSON.stringify([process.env.A, process.env.B, process.env.HOME, process.env.KUBERNETES_EXEC_INFO]) }`,
    );
    const user = command(program, { provideClusterInfo: true, env: [{ name: 'B', value: 'own' }] });
    const cluster = {
      'certificate-authority-data': (await readFile(CERTIFICATE)).toString('base64'),
      extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } }],
    };
    const { headers } = await source({ user, cluster, env: { A: 'run', B: 'run' } }).get();
    const [a, b, home, info] = JSON.parse(String(headers['Authorization']).slice('Bearer '.length)) as string[];
    expect([a, b, home]).toEqual(['run', 'own', null]);
    expect(JSON.parse(info ?? '')).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      spec: {
        interactive: false,
        cluster: {
          server: 'https://api.example.com',
          'certificate-authority-data': cluster['certificate-authority-data'],
          config: { audience: 'x' },
        },
      },
    });
  });

  it('runs once for all who ask at the same time, and again when it is to be renewed', async () => {
    await using place = await scratch();
    const log = join(place.directory, 'log');
    const program = `require('fs').appendFileSync(process.env.LOG, 'x'); ${print(`{ token: 't' + require('fs').readFileSync(process.env.LOG, 'utf8').length }`)}`;
    const credentials = source({ user: command(program), env: { LOG: log } });
    const all = await Promise.all(Array.from({ length: 8 }, () => credentials.get()));
    expect(new Set(all).size).toBe(1);
    const [stale] = all;
    const renewed = await Promise.all([1, 2, 3].map(() => credentials.refresh(stale!)));
    expect(renewed.map((entry) => entry?.headers['Authorization'])).toEqual(['Bearer t2', 'Bearer t2', 'Bearer t2']);
    expect(await readFile(log, 'utf8')).toBe('xx');
  });

  it('is tried again after a failure', async () => {
    await using place = await scratch();
    const program = `const fs = require('fs'); if (!fs.existsSync(process.env.LOG)) { fs.writeFileSync(process.env.LOG, ''); process.exit(1); } ${print(`{ token: 'late' }`)}`;
    const credentials = source({ user: command(program), env: { LOG: join(place.directory, 'log') } });
    await expect(credentials.get()).rejects.toMatchObject({ code: 'CLUSTER_CREDENTIAL_FAILED' });
    expect((await credentials.get()).headers['Authorization']).toBe('Bearer late');
  });

  it('finds a kubeconfig that is content as a file, made only then', async () => {
    let made = 0;
    const kubeconfigFile = async () => `/scratch/kubeconfig-${++made}`;
    const user = command(print(`{ token: process.env.KUBECONFIG }`));
    const { headers } = await source({ user, kubeconfigFile, env: { KUBECONFIG: '/other' } }).get();
    expect(headers['Authorization']).toBe('Bearer /scratch/kubeconfig-1');
    await source({ user: { token: 'x' }, kubeconfigFile }).get();
    expect(made).toBe(1);
  });

  it.each([
    {
      name: 'fails',
      program: `console.error('loading\\nnot logged in.'); process.exit(3)`,
      message: 'ended with code 3: not logged in',
    },
    { name: 'fails without a word', program: 'process.exit(3)', message: 'ended with code 3' },
    {
      name: 'prints what is not JSON',
      program: `console.log('s3cr3t')`,
      message: 'printed something that is not JSON',
    },
    {
      name: 'prints something else',
      program: `console.log('"s3cr3t"')`,
      message: 'printed no ExecCredential with a status',
    },
    { name: 'gives nothing', program: print('{}'), message: 'gave neither a token nor a certificate with its key' },
    {
      name: 'gives half a certificate',
      program: print(`{ clientCertificateData: 's3cr3t' }`),
      message: 'gave neither a token nor a certificate with its key',
    },
    { name: 'prints without end', program: `process.stdout.write('s3cr3t'.repeat(1e6))`, message: 'printed too much' },
  ])('is an error where it $name, without its output', async ({ program, message }) => {
    const failing = source({ user: command(program) }).get();
    await expect(failing).rejects.toMatchObject({
      code: 'CLUSTER_CREDENTIAL_FAILED',
      message: `the credential command ${process.execPath} ${message}`,
      hint: 'Run it by hand to see what is wrong: it is the exec section of user robot.',
    });
    await expect(failing).rejects.not.toThrow(/s3cr3t/);
  });

  it('is an error where it is not installed, with the hint that comes with it', async () => {
    const user = { exec: { command: 'towpath-no-such-command', installHint: 'Get it from\n example.com.' } };
    await expect(source({ user }).get()).rejects.toMatchObject({
      message: 'the credential command towpath-no-such-command is not installed',
      hint: 'Get it from example.com',
    });
  });
});
