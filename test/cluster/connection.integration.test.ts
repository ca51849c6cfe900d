import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { createClusters } from '../../src/cluster/clusters.ts';
import { dial } from '../../src/cluster/transport/dial.ts';
import { createHttp1 } from '../../src/cluster/transport/http1.ts';
import {
  createTransport,
  type TransportOptions,
  type TransportRequest,
} from '../../src/cluster/transport/transport.ts';
import type { Cluster } from '../../src/command/adapters/cluster.ts';
import { type TestCluster, testCluster } from '../control-plane/fixtures.ts';
import { desired } from './support/desired.ts';
import { configMap } from './support/manifests.ts';
import { scratch } from './support/scratch.ts';
import { connectProxy, tcpRelay } from './support/tcp-proxy.ts';

let plane: TestCluster;
let token: string;

beforeAll(async () => {
  plane = await testCluster();
  token = (await plane.user('admin')).token;
});

afterAll(async () => {
  await plane[Symbol.asyncDispose]();
});

interface Parts {
  readonly server?: string;
  readonly cluster?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
  readonly env?: NodeJS.ProcessEnv;
  readonly scratch?: () => Promise<string>;
  readonly clock?: Clock;
}

function kubeconfig({ server = plane.server, cluster = {}, user = { token } }: Parts): string {
  const authority = { 'certificate-authority-data': Buffer.from(plane.ca).toString('base64') };
  return JSON.stringify({
    contexts: [{ name: 'main', context: { cluster: 'c', user: 'u', namespace: plane.namespace } }],
    clusters: [{ name: 'c', cluster: { server, ...authority, ...cluster } }],
    users: [{ name: 'u', user }],
    'current-context': 'main',
  });
}

async function open(parts: Parts): Promise<Cluster & AsyncDisposable> {
  const clusters = createClusters({
    kubeconfig: { text: kubeconfig(parts) },
    env: parts.env ?? {},
    userAgent: 'towpath/1.2.3 (test)',
    clock: parts.clock ?? systemClock,
    mask: () => undefined,
    scratch: parts.scratch ?? (() => Promise.reject(new Error('no scratch directory is needed here'))),
  });
  const cluster = await clusters.open('main');
  return { ...cluster, [Symbol.asyncDispose]: () => cluster.close() };
}

const object = (name: string, value = 'x') => desired(configMap({ name }, { key: value }));
const objects = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => object(`${prefix}-${index}`));
const real = { dryRun: false };

describe('a connection to an API server', () => {
  it('is one for all requests of a sync', async () => {
    await using relay = await tcpRelay(new URL(plane.server));
    await using cluster = await open({ server: `https://127.0.0.1:${relay.port}` });
    const mark = await plane.mark();
    const { rows } = await cluster.sync(objects('one', 100), real);
    expect(rows.every(({ action }) => action === 'created')).toBe(true);
    expect(relay.connections()).toBe(1);
    const audited = await plane.since(mark);
    expect(cluster.requests()).toBe(audited.length);
    expect(new Set(audited.map(({ userAgent }) => userAgent))).toEqual(new Set(['towpath/1.2.3 (test)']));
  });

  it('that is cut in the middle is made again, and nothing is lost', async () => {
    await using relay = await tcpRelay(new URL(plane.server));
    await using cluster = await open({ server: `https://127.0.0.1:${relay.port}`, clock: impatientClock });
    let done = 0;
    const { rows } = await cluster.sync(objects('cut', 100), {
      ...real,
      onRow: () => {
        done++;
        if (done === 10 || done === 50) relay.cut();
      },
    });
    // One that was created before its answer got lost is found there, and not reported twice.
    expect(rows.filter(({ action }) => action !== 'created' && action !== 'configured')).toEqual([]);
    expect(relay.connections()).toBeGreaterThanOrEqual(3);
    const again = await cluster.sync(objects('cut', 100), real);
    expect(again.rows.every(({ action }) => action === 'unchanged')).toBe(true);
  });

  it('that is cut within an answer is made again', async () => {
    await using relay = await tcpRelay(new URL(plane.server));
    await using cluster = await open({ server: `https://127.0.0.1:${relay.port}`, clock: impatientClock });
    await cluster.sync(objects('part', 100), real);
    relay.cutAfter(20_000);
    const { rows } = await cluster.sync(objects('part', 100), real);
    expect(rows.every(({ action }) => action === 'unchanged')).toBe(true);
    expect(relay.connections()).toBe(2);
  });

  it('that carries nothing any more is given up, though nobody says that it is gone', async () => {
    await using relay = await tcpRelay(new URL(plane.server));
    await using cluster = await open({ server: `https://127.0.0.1:${relay.port}`, clock: impatientClock });
    await cluster.sync([object('frozen')], real);
    relay.freeze();
    expect((await cluster.sync([object('frozen')], real)).rows[0]?.action).toBe('unchanged');
    expect(relay.connections()).toBe(2);
  });

  it('is kept while the server only thinks', async () => {
    await using relay = await tcpRelay(new URL(plane.server));
    const transport = createTransport({
      ...options(),
      server: new URL(`https://127.0.0.1:${relay.port}`),
      clock: impatientClock,
    });
    // A watch is silent until it ends.
    const path = '/api/v1/namespaces/default/pods?watch=1&timeoutSeconds=1';
    expect((await transport.send({ ...request(), path })).status).toBe(200);
    expect(relay.connections()).toBe(1);
    transport.close();
  });

  it('that is closed for good leaves nothing open', async () => {
    await using relay = await tcpRelay(new URL(plane.server));
    const cluster = await open({ server: `https://127.0.0.1:${relay.port}` });
    await cluster.sync([object('closing')], real);
    await cluster.close();
    await expect.poll(() => openHandles(relay.port)).toBe(0);
  });

  it('may go through the proxy of the kubeconfig', async () => {
    await using proxy = await connectProxy(new URL(plane.server));
    await using cluster = await open({ cluster: { 'proxy-url': `http://me:p%40ss@127.0.0.1:${proxy.port}` } });
    expect((await cluster.sync([object('proxied')], real)).rows[0]?.action).toBe('created');
    expect(proxy.asked).toEqual([
      { authority: new URL(plane.server).host, authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}` },
    ]);
  });

  it('is an error where the proxy does not let us through, without its password', async () => {
    await using proxy = await connectProxy(new URL(plane.server), 407);
    await using cluster = await open({ cluster: { 'proxy-url': `http://me:s3cr3t@127.0.0.1:${proxy.port}` } });
    const syncing = cluster.sync([object('refused')], real);
    await expect(syncing).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: `${new URL(plane.server).host} cannot be reached (the proxy 127.0.0.1:${proxy.port} refused with status 407)`,
    });
  });
});

describe('the server', () => {
  it('must show a certificate of the authority in the kubeconfig', async () => {
    const authority = await readFile(new URL('../fixtures/sync/client-certificate.pem', import.meta.url));
    await using cluster = await open({ cluster: { 'certificate-authority-data': authority.toString('base64') } });
    await expect(cluster.sync([object('x')], real)).rejects.toMatchObject({
      code: 'CLUSTER_UNTRUSTED',
      hint: 'Check certificate-authority-data and tls-server-name of the cluster in the kubeconfig.',
    });
    expect(cluster.requests()).toBe(0);
  });

  it('must show the name in the kubeconfig', async () => {
    await using named = await open({ cluster: { 'tls-server-name': 'kubernetes.default.svc' } });
    await named.sync([object('named')], real);
    await using misnamed = await open({ cluster: { 'tls-server-name': 'other.example.com' } });
    await expect(misnamed.sync([object('named')], real)).rejects.toMatchObject({ code: 'CLUSTER_UNTRUSTED' });
  });

  it('need not be verified where the kubeconfig says so', async () => {
    const cluster = { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true };
    await using unverified = await open({ cluster });
    expect((await unverified.sync([object('unverified')], real)).rows[0]?.action).toBe('created');
  });

  it('may not know us', async () => {
    await using cluster = await open({ user: { token: 'wr0ng-t0ken' } });
    const syncing = cluster.sync([object('x')], real);
    await expect(syncing).rejects.toMatchObject({
      code: 'CLUSTER_UNAUTHORIZED',
      message: 'the API server does not know us: Unauthorized',
    });
    expect(cluster.requests()).toBe(1);
  });

  it('gets a new token from the credential command when it no longer takes the old one', async () => {
    await using place = await scratch();
    const program = `
      const fs = require('fs'), log = process.env.LOG;
      const config = fs.readFileSync(process.env.KUBECONFIG, 'utf8');
      fs.appendFileSync(log, (fs.statSync(process.env.KUBECONFIG).mode & 0o777).toString(8) + '\\n');
      const runs = fs.readFileSync(log, 'utf8').trim().split('\\n').length;
      const token = runs === 1 ? 'stale' : JSON.parse(config).users[0].user.exec.env[1].value;
      console.log(JSON.stringify({ kind: 'ExecCredential', status: { token } }));`;
    const log = await place.file('log', '');
    const env = [
      { name: 'LOG', value: log },
      { name: 'TOKEN', value: token },
    ];
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', program],
      env,
    };
    await using cluster = await open({ user: { exec }, scratch: async () => place.directory });
    const { rows } = await cluster.sync(objects('renewed', 5), real);
    expect(rows.every(({ action }) => action === 'created')).toBe(true);
    // Run twice, on a copy of the kubeconfig that only we can read.
    expect(await readFile(log, 'utf8')).toBe('600\n600\n');
    expect((await stat(log)).size).toBeGreaterThan(0);
  });
});

describe('HTTP/1.1', () => {
  it('does the same where the server offers nothing newer', async () => {
    const wire = createHttp1(options(), await dial(options(), ['http/1.1']));
    const answers = await Promise.all(Array.from({ length: 20 }, () => wire.send(request())));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    wire.close();
  });
});

function options(): TransportOptions {
  const tls = {
    ca: Buffer.from(plane.ca),
    cert: undefined,
    key: undefined,
    rejectUnauthorized: true,
    servername: undefined,
  };
  return { server: new URL(plane.server), tls, proxy: undefined, clock: systemClock };
}

function request(): TransportRequest {
  const headers = { Authorization: `Bearer ${token}` };
  return {
    method: 'GET',
    path: '/api/v1/namespaces',
    headers,
    body: undefined,
    timeoutMs: 60_000,
    maxBytes: 1e7,
    signal: undefined,
  };
}

/** The silence after which the server is pinged is over at once, and its answer waited for half as long. */
const SHORTENED = new Map([
  [5_000, 100],
  [4_000, 2_000],
]);
const impatientClock: Clock = {
  now: systemClock.now,
  sleep: (ms, signal) => systemClock.sleep(SHORTENED.get(ms) ?? ms, signal),
};

/** Sockets of this process that are connected to a local port. */
function openHandles(port: number): number {
  const handles = (process as unknown as { _getActiveHandles(): { remotePort?: number }[] })._getActiveHandles();
  return handles.filter(({ remotePort }) => remotePort === port).length;
}
