/** The Go modules that pin the servers, and what is built from them. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type BinaryName = 'kube-apiserver' | 'kube-controller-manager' | 'kubectl' | 'etcd' | 'registry';

export interface GoModule<Name extends string = string> {
  readonly name: string;
  readonly directory: string;
  /** Binary → main package. */
  readonly packages: Readonly<Record<Name, string>>;
  /** Flags of the linker beside `-s -w`. */
  readonly linkerFlags: readonly string[];
}

type KubernetesBinary = Exclude<BinaryName, 'registry'>;

const KUBERNETES_PACKAGES: Record<KubernetesBinary, string> = {
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
  etcd: 'go.etcd.io/etcd/server/v3',
};

/** The modules that can give `binary`: the one for the current Go first, then the one for the Go before it. */
export function modulesFor(binary: BinaryName): readonly GoModule[] {
  if (binary === 'registry') return ['registry', 'registry-3.1'].map(registryModule);
  return ['kubernetes', 'kubernetes-1.35'].map(kubernetesModule);
}

/**
 * 16 hex digits that change whenever the module, the flags or the platform do. The version of Go is not in it: binaries
 * brought along in a cache are then found on a machine without Go.
 */
export function fingerprint(module: GoModule): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) {
    const path = join(module.directory, file);
    if (existsSync(path)) hash.update(`${file}\n`).update(readFileSync(path)).update('\0');
  }
  hash.update(JSON.stringify([module.packages, buildFlags(module), process.platform, process.arch]));
  return hash.digest('hex').slice(0, 16);
}

/** The flags of `go list` and `go build`, the same for both: they decide what can be taken from Go's build cache. */
export function buildFlags(module: GoModule): readonly string[] {
  return ['-mod=readonly', '-trimpath', '-buildvcs=false', `-ldflags=${['-s', '-w', ...module.linkerFlags].join(' ')}`];
}

function registryModule(name: string): GoModule<'registry'> {
  return { name, directory: moduleDirectory(name), packages: { registry: '.' }, linkerFlags: [] };
}

/** The stamp is what the server gives as its version: without it, it would call itself v0.0.0. */
function kubernetesModule(name: string): GoModule<KubernetesBinary> {
  const directory = moduleDirectory(name);
  const version = requiredVersion(directory, 'k8s.io/kubernetes');
  const [major, minor] = version.slice(1).split('.');
  const stamp = (key: string, value: string | undefined) => `-X k8s.io/component-base/version.${key}=${value}`;
  return {
    name,
    directory,
    packages: KUBERNETES_PACKAGES,
    linkerFlags: [stamp('gitVersion', version), stamp('gitMajor', major), stamp('gitMinor', minor)],
  };
}

function requiredVersion(directory: string, dependency: string): string {
  const goMod = readFileSync(join(directory, 'go.mod'), 'utf8');
  const line = goMod.split('\n').find((candidate) => candidate.trim().startsWith(`${dependency} v`));
  const version = line?.trim().split(' ')[1];
  if (version === undefined) throw new Error(`${directory}/go.mod does not require ${dependency}`);
  return version;
}

function moduleDirectory(name: string): string {
  return fileURLToPath(new URL(`modules/${name}/`, import.meta.url));
}
