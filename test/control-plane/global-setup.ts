/** Starts the servers that all integration tests of a run share, and stops them after the last one. */
import type { TestProject } from 'vitest/node';
import { ensureBinaries } from './binaries.ts';
import { type ControlPlaneAddress, startControlPlane } from './control-plane.ts';
import { silentProgress } from './progress.ts';
import { type RegistryAddress, startRegistry } from './registry.ts';

declare module 'vitest' {
  interface ProvidedContext {
    controlPlane: ControlPlaneAddress;
    registry: RegistryAddress;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureBinaries(['kube-apiserver', 'etcd', 'registry']);
  const quiet = { progress: silentProgress };
  const servers = new AsyncDisposableStack();
  try {
    const [controlPlane, registry] = await Promise.all([
      startControlPlane(quiet).then((started) => servers.use(started)),
      startRegistry(quiet).then((started) => servers.use(started)),
    ]);
    const { server, ca, harnessToken, directory } = controlPlane;
    project.provide('controlPlane', { server, ca, harnessToken, directory });
    project.provide('registry', { url: registry.url });
  } catch (error) {
    await servers.disposeAsync();
    throw error;
  }
  return () => servers.disposeAsync();
}
