/** Starts a real API server: etcd and kube-apiserver on loopback, TLS and RBAC on, everything in one temporary directory. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createApi } from './api.ts';
import { ensureBinaries } from './binaries.ts';
import { renderKubeconfig } from './kubeconfig.ts';
import type { Progress } from './progress.ts';
import { type Supervised, supervise } from './supervised.ts';

/** How to reach a control plane: plain data, so that it can be handed to other processes. */
export interface ControlPlaneAddress {
  /** `https://127.0.0.1:PORT`. */
  readonly server: string;
  /** PEM of the certificates that the server's own one is checked against. */
  readonly ca: string;
  /** Token of an administrator whose requests are not in the audit log. */
  readonly harnessToken: string;
  /** Its temporary directory; files put there go away with it. */
  readonly directory: string;
}

export interface ControlPlane extends ControlPlaneAddress, AsyncDisposable {
  /** Starts kube-controller-manager and returns when it has begun to work; a second call does nothing. */
  startControllers(): Promise<void>;
  readonly supervisorPid: number;
}

export interface ControlPlaneOptions {
  readonly progress?: Progress | undefined;
  /** Gives a port for kube-apiserver, asked again when that one is taken; default: one that is free at the moment. */
  readonly pickPort?: (() => Promise<number>) | undefined;
  /** Gives up a build or a start that is under way. */
  readonly signal?: AbortSignal | undefined;
}

const READY_TIMEOUT_MS = 60_000;
const START_ATTEMPTS = 3;

/** A control plane that is ready for requests. Disposing it, or the death of this process, stops it and removes its directory. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const { progress, pickPort = freePort, signal } = options;
  const binaries = await ensureBinaries(['kube-apiserver', 'etcd'], { progress, signal });
  const supervised = await supervise();
  try {
    const address = await startServers(supervised, { ...binaries, pickPort, signal });
    let controllers: Promise<void> | undefined;
    return {
      ...address,
      supervisorPid: supervised.supervisorPid,
      startControllers() {
        controllers ??= startControllerManager({ supervised, address, progress, signal });
        return controllers;
      },
      [Symbol.asyncDispose]: () => supervised[Symbol.asyncDispose](),
    };
  } catch (error) {
    await supervised[Symbol.asyncDispose]();
    throw error;
  }
}

async function startServers(
  supervised: Supervised,
  parts: {
    etcd: string;
    'kube-apiserver': string;
    pickPort: () => Promise<number>;
    signal: AbortSignal | undefined;
  },
): Promise<ControlPlaneAddress> {
  const { directory } = supervised;
  const harnessToken = await writeConfiguration(directory);
  await supervised.start({ name: 'etcd', file: parts.etcd, args: etcdArgs(directory), graceMs: 2000 });
  for (let attempt = 1; ; attempt++) {
    const port = await parts.pickPort();
    const file = parts['kube-apiserver'];
    await supervised.start({ name: 'kube-apiserver', file, args: apiServerArgs(directory, port), graceMs: 3000 });
    const address = { server: `https://127.0.0.1:${port}`, ca: '', harnessToken, directory };
    const ca = await untilReady(supervised, address, parts.signal);
    if (ca !== null) return { ...address, ca };
    const tail = await supervised.logTail('kube-apiserver');
    // Another process may have taken the port between the look and the start.
    if (attempt < START_ATTEMPTS && tail.includes('address already in use')) continue;
    throw new Error(
      `kube-apiserver did not become ready (${supervised.endOf('kube-apiserver') ?? 'timeout'}):\n${tail}`,
    );
  }
}

/** Writes keys, tokens and the audit policy; gives the token of the harness. */
async function writeConfiguration(directory: string): Promise<string> {
  const harnessToken = randomBytes(24).toString('hex');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const write = (name: string, content: string) => writeFile(join(directory, name), content, { mode: 0o600 });
  await write('service-account.key', privateKey.export({ type: 'sec1', format: 'pem' }) as string);
  const controllerToken = randomBytes(24).toString('hex');
  await write(
    'tokens.csv',
    `${harnessToken},towpath-harness,1,system:masters\n${controllerToken},system:kube-controller-manager,2,system:masters\n`,
  );
  await write('controller-token', controllerToken);
  await write('audit-policy.yaml', AUDIT_POLICY);
  return harnessToken;
}

const AUDIT_POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    users: ["system:apiserver", "system:kube-controller-manager", "towpath-harness"]
  - level: Metadata
`;

function etcdArgs(directory: string): string[] {
  // Nobody else joins this member, so the addresses that it names are never dialled: only the socket counts.
  const unused = 'http://127.0.0.1:0';
  return [
    '--name=towpath',
    `--data-dir=${join(directory, 'etcd')}`,
    `--listen-client-urls=unix://${join(directory, 'etcd.sock')}`,
    `--advertise-client-urls=${unused}`,
    `--listen-peer-urls=${unused}`,
    `--initial-advertise-peer-urls=${unused}`,
    `--initial-cluster=towpath=${unused}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
}

function apiServerArgs(directory: string, port: number): string[] {
  const key = join(directory, 'service-account.key');
  return [
    `--etcd-servers=unix://${join(directory, 'etcd.sock')}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${join(directory, 'certificates')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    `--token-auth-file=${join(directory, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/16',
    '--endpoint-reconciler-type=none',
    // Without kube-controller-manager no namespace gets its default service account, so no Pod would be admitted.
    '--disable-admission-plugins=ServiceAccount',
    `--audit-policy-file=${join(directory, 'audit-policy.yaml')}`,
    `--audit-log-path=${join(directory, 'audit.log')}`,
    // In megabytes; a rotated log would lose the marks of the tests.
    '--audit-log-maxsize=100000',
    '--shutdown-delay-duration=0s',
  ];
}

/** The server's certificates once it is ready; null when it ended or stayed unready. */
async function untilReady(
  supervised: Supervised,
  address: ControlPlaneAddress,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (supervised.endOf('kube-apiserver') === null && performance.now() < deadline) {
    const ca = await readFile(join(address.directory, 'certificates', 'apiserver.crt'), 'utf8').catch(() => '');
    if (ca !== '' && (await isReady({ ...address, ca }))) return ca;
    signal?.throwIfAborted();
    await delay(50);
  }
  return null;
}

async function isReady(address: ControlPlaneAddress): Promise<boolean> {
  using api = createApi({ ...address, token: address.harnessToken });
  // Awaited here: the connection closes when this function returns. What took our port may accept and never answer.
  return await api.request('GET', '/readyz', { idleTimeoutMs: 1000 }).then(
    (response) => response.status === 200,
    () => false,
  );
}

async function startControllerManager({
  supervised,
  address,
  progress,
  signal,
}: {
  supervised: Supervised;
  address: ControlPlaneAddress;
  progress: Progress | undefined;
  signal: AbortSignal | undefined;
}): Promise<void> {
  const binaries = await ensureBinaries(['kube-controller-manager'], { progress, signal });
  const { directory } = supervised;
  const token = await readFile(join(directory, 'controller-token'), 'utf8');
  const kubeconfig = join(directory, 'controller-manager.kubeconfig');
  await writeFile(kubeconfig, renderKubeconfig({ ...address, contexts: { controllers: { token } } }), { mode: 0o600 });
  await supervised.start({
    name: 'kube-controller-manager',
    file: binaries['kube-controller-manager'],
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--secure-port=0',
      `--service-account-private-key-file=${join(directory, 'service-account.key')}`,
      '--controllers=*,-node-ipam-controller,-cloud-node-lifecycle-controller',
    ],
    graceMs: 2000,
  });
  await untilControllersWork(supervised, address);
}

/** The service account controller gives every namespace a `default` account: the first sign that controllers work. */
async function untilControllersWork(supervised: Supervised, address: ControlPlaneAddress): Promise<void> {
  using api = createApi({ ...address, token: address.harnessToken });
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const account = await api.request('GET', '/api/v1/namespaces/default/serviceaccounts/default');
    if (account.status === 200) return;
    if (supervised.endOf('kube-controller-manager') !== null) break;
    await delay(50);
  }
  throw new Error(`kube-controller-manager does not work:\n${await supervised.logTail('kube-controller-manager')}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
