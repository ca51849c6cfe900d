/**
 * What integration tests ask for. One control plane and one registry are shared by all test files of a run (the global
 * setup starts them); each call here gives a part of its own. Everything is for `await using`.
 */
import { inject } from 'vitest';
import { startControlPlane } from './control-plane.ts';
import { connectTestCluster, type TestCluster } from './test-cluster.ts';
import { connectTestRegistry, type TestRegistry } from './test-registry.ts';

export { type AuditedRequest, countVerbs, isWrite } from './audit.ts';
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
  const controlPlane = await startControlPlane();
  try {
    await controlPlane.startControllers();
    const cluster = await connectTestCluster(controlPlane);
    return {
      ...cluster,
      async [Symbol.asyncDispose]() {
        await cluster[Symbol.asyncDispose]();
        await controlPlane[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await controlPlane[Symbol.asyncDispose]();
    throw error;
  }
}

/** A way into the shared registry at a host and port of its own, where requests are counted and faults can be injected. */
export async function testRegistry(): Promise<TestRegistry> {
  return connectTestRegistry(inject('registry'));
}
