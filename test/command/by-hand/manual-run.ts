/** A configuration repository on a real git remote, and the commands of people run against a clone of it. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { TowpathError } from '../../../src/base/errors.ts';
import type { Deps, Request } from '../../../src/command/deps.ts';
import type { EnvironmentConfig } from '../../../src/config/config.ts';
import type { ManualFlags } from '../../../src/config/manual-flags.ts';
import { TERMINAL_EVENT } from '../../../src/host/event.ts';
import type { Host } from '../../../src/host/host.ts';
import { createGenerators } from '../../../src/render/generators.ts';
import { type GitFiles, type GitRemote, startGitRemote } from '../../control-plane/git-remote.ts';
import { createWorkplace, NOW_MS, type Workplace } from '../../repository/workplace.ts';
import { memoryRegistries } from '../memory-registries.ts';

export interface ConfigRemote extends AsyncDisposable {
  readonly remote: GitRemote;
  readonly place: Workplace;
  /** Lines of ordinary output. */
  readonly told: string[];
  deps(registries?: Deps['registries']): Promise<Deps>;
  /** What the last commit changed, as `-old` and `+new` lines. */
  lastChange(): Promise<string[]>;
}

/** A remote with these files on `master`, and an empty clone that is connected to it. */
export async function startConfigRemote(files: GitFiles): Promise<ConfigRemote> {
  const remote = await startGitRemote({ files });
  const place = await createWorkplace();
  const clone = await place.connect(remote.url);
  const told: string[] = [];
  const generators = createGenerators({
    env: place.env,
    scratch: () => mkdtemp(join(place.directory, 'scratch-')),
    redact: (text) => text,
  });
  const kustomize: Deps['kustomize'] = {
    build: async () => {
      throw new TowpathError('UNEXPECTED', 'no kustomization is built here');
    },
  };
  return {
    remote,
    place,
    told,
    async deps(registries = memoryRegistries({})) {
      const clock = { now: () => NOW_MS, sleep: async () => undefined };
      const repository = await place.open(clone);
      const { signal } = new AbortController();
      return {
        repository,
        registries,
        clusters: noClusters,
        generators,
        kustomize,
        host: quietHost(told),
        clock,
        signal,
      };
    },
    async lastChange() {
      const diff = await remote.git(['diff', '--unified=0', 'master~1', 'master']);
      return diff.split('\n').filter((line) => /^[-+](?![-+]{2} )/.test(line));
    },
    async [Symbol.asyncDispose]() {
      await place[Symbol.asyncDispose]();
      await remote[Symbol.asyncDispose]();
    },
  };
}

export const NO_MANUAL: ManualFlags = {
  namespace: undefined,
  user: undefined,
  message: undefined,
  containers: [],
  until: undefined,
  tags: [],
  tagAll: undefined,
  limit: undefined,
  all: false,
  updateImage: undefined,
  updateAllImages: false,
  exclude: [],
  force: false,
};

/** A request from a terminal about one environment, `prod`, that is the whole of the branch `master`. */
export function requestFor(operands: readonly string[], given: Partial<Request> = {}): Request {
  return {
    environments: [environment('prod', '.')],
    operands,
    images: { rules: [], fields: [] },
    event: TERMINAL_EVENT,
    dryRun: false,
    author: { name: 'Bot', email: 'bot@example.com' },
    message: undefined,
    manual: NO_MANUAL,
    requestedBy: 'Ann <ann@example.com>',
    ...given,
  };
}

export function environment(name: string, path: string): EnvironmentConfig {
  const position = { file: '.towpath.yaml', line: 1, col: 1 };
  return {
    name,
    position,
    branch: 'master',
    paths: [{ value: path, position }],
    values: [],
    clusters: [],
    generators: false,
  };
}

/** A Deployment in the namespace `prod`; `annotations` as the lines below `annotations:`. */
export function deployment(name: string, image: string, annotations: readonly string[] = []): string {
  const written =
    annotations.length === 0 ? '' : `  annotations:\n${annotations.map((line) => `    ${line}\n`).join('')}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: prod
${written}spec:
  template:
    spec:
      containers:
        - name: app
          image: ${image} # the one
`;
}

async function noClusters(): Promise<never> {
  throw new TowpathError('KUBECONFIG_NOT_FOUND', 'no kubeconfig is given');
}

function quietHost(told: string[]): Host {
  return {
    info: (line) => told.push(line),
    debug: () => undefined,
    data: () => undefined,
    problem: () => undefined,
    group: (_title, work) => work(),
    progress: () => undefined,
    output: () => undefined,
    summary: async () => undefined,
    mask: () => undefined,
  };
}
