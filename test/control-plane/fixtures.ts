/**
 * What integration tests ask for. One control plane and one registry are shared by all test files of a run (the global
 * setup starts them); each call here gives a part of its own. Everything is for `await using`.
 */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { ensureBinaries } from './binaries.ts';
import { startControlPlane } from './control-plane.ts';
import { silentProgress } from './progress.ts';
import { HTPASSWD_CREDENTIALS, startRegistry } from './registry.ts';
import { connectTestCluster, type TestCluster } from './test-cluster.ts';
import { connectTestRegistry, type TestRegistry } from './test-registry.ts';
import { startTokenServer, type TokenServer, type TokenServerOptions } from './token-server.ts';

export { countVerbs, isWrite } from './audit.ts';
export { type GitRemote, startGitRemote } from './git-remote.ts';
export { type SlackReceiver, startSlackReceiver } from './slack.ts';
export type { TestCluster } from './test-cluster.ts';
export type { TestRegistry } from './test-registry.ts';

/** For tests that may have to build a binary first: give it as the time limit of the hook or test. */
export const BUILD_TIMEOUT_MS = 20 * 60_000;

export interface TestClusterOptions {
  /**
   * True: a control plane of its own, with kube-controller-manager running (built when first asked for: see
   * BUILD_TIMEOUT_MS). Default: the shared one, where no controller ever touches an object.
   */
  readonly controllers?: boolean;
}

/** A fresh namespace with users and kubeconfig files, and the audit log of what they do. */
export async function testCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  if (options.controllers !== true) return connectTestCluster(inject('controlPlane'));
  await ensureBinaries(['kube-controller-manager']);
  await using parts = new AsyncDisposableStack();
  const controlPlane = parts.use(await startControlPlane({ progress: silentProgress }));
  await controlPlane.startControllers();
  const cluster = parts.use(await connectTestCluster(controlPlane));
  return { ...cluster, ...disposal(parts.move()) };
}

/** A way into the shared registry at a host and port of its own, where requests are counted and faults can be injected. */
export async function testRegistry(): Promise<TestRegistry> {
  return connectTestRegistry(inject('registry'));
}

export interface ProtectedRegistry extends TestRegistry {
  /** What lets a client in. */
  readonly credentials: { readonly username: string; readonly password: string };
}

/** A registry of the test's own that wants basic authentication for everything. */
export async function passwordRegistry(): Promise<ProtectedRegistry> {
  const { username, password } = HTPASSWD_CREDENTIALS;
  const header = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  await using parts = new AsyncDisposableStack();
  const registry = parts.use(await startRegistry({ progress: silentProgress, auth: { kind: 'htpasswd' } }));
  const proxy = parts.use(await connectTestRegistry(registry, () => header));
  return { ...proxy, credentials: HTPASSWD_CREDENTIALS, ...disposal(parts.move()) };
}

export interface TokenRegistry extends ProtectedRegistry {
  readonly tokenServer: TokenServer;
}

/** A registry of the test's own that wants bearer tokens, which its token server gives for `credentials`. */
export async function tokenRegistry(options: Omit<TokenServerOptions, 'credentials'> = {}): Promise<TokenRegistry> {
  const credentials = { username: 'lockkeeper', password: randomUUID() };
  await using parts = new AsyncDisposableStack();
  const tokenServer = parts.use(await startTokenServer({ ...options, credentials }));
  const registry = parts.use(await startRegistry({ progress: silentProgress, auth: tokenServer.auth }));
  const proxy = parts.use(await connectTestRegistry(registry, tokenServer.authorize));
  return { ...proxy, credentials, tokenServer, ...disposal(parts.move()) };
}

function disposal(parts: AsyncDisposableStack): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => parts.disposeAsync() };
}
