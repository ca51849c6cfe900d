/** Wires the adapters of one run. */
import path from 'node:path';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Problem } from '../base/errors.ts';
import type { Fetch } from '../base/http.ts';
import { Secret } from '../base/secret.ts';
import type { Clusters } from '../command/adapters/cluster.ts';
import type { Generators } from '../command/adapters/generators.ts';
import type { Kustomize } from '../command/adapters/kustomize.ts';
import type { Notifier } from '../command/adapters/notifier.ts';
import type { Registries } from '../command/adapters/registries.ts';
import type { Config } from '../config/config.ts';
import type { Invocation } from '../config/invocation.ts';
import { createSlackNotifier } from '../notify/slack.ts';
import { createRegistries } from '../registry/registries.ts';
import { createGenerators } from '../render/generators.ts';
import { createKustomize } from '../render/kustomize.ts';
import { registryAccess } from './registry-access.ts';
import type { Surroundings } from './surroundings.ts';
import { USER_AGENT } from './version.ts';

export interface Adapters {
  readonly registries: Registries;
  readonly clusters: () => Promise<Clusters>;
  readonly generators: Generators;
  readonly kustomize: Kustomize;
  readonly notifiers: readonly Notifier[];
  readonly cacheDirectory: string | null;
  /** Requests sent to GitHub's API so far. */
  readonly githubRequests: () => number;
}

export interface AdapterOptions {
  readonly invocation: Invocation;
  readonly around: Surroundings;
  readonly config: Config;
  readonly onWarning: (problem: Problem) => void;
  /** What registries are reached by; default: the network. */
  readonly fetch?: Fetch;
  /** Of the registries; default: the machine's. */
  readonly clock?: Clock;
}

export async function createAdapters(options: AdapterOptions): Promise<Adapters> {
  const { around, config, invocation, clock = systemClock } = options;
  const fetcher: Fetch = options.fetch ?? ((url, init) => fetch(url, init));
  const cacheDirectory = cacheDirectoryOf(invocation, around);
  const access = await registryAccess({ ...options, fetch: fetcher, clock });
  const registries = createRegistries({
    endpoints: new Map(
      config.registries.flatMap(({ name, endpoint }) => (endpoint === undefined ? [] : [[name, endpoint]])),
    ),
    credentials: access.credentials,
    awsKeys: access.awsKeys,
    packageVersions: access.github?.versions,
    fetch: fetcher,
    clock,
    cacheDir: cacheDirectory,
    userAgent: USER_AGENT,
    onWarning: options.onWarning,
    mask: (secret) => around.host.mask(new Secret(secret)),
  });
  let clusters: Promise<Clusters> | undefined;
  return {
    registries,
    clusters: () => {
      clusters ??= openClusters(options);
      return clusters;
    },
    generators: createGenerators({ env: around.env, scratch: around.scratch, redact: around.redact }),
    kustomize: createKustomize({ env: around.env, scratch: around.scratch, redact: around.redact }),
    notifiers: config.notifiers.map(({ webhookUrl, channel, username }) =>
      createSlackNotifier({
        webhookUrl,
        channel,
        username,
        fetch: (url, init) => fetch(url, init),
        clock: systemClock,
      }),
    ),
    cacheDirectory,
    githubRequests: () => access.github?.requests() ?? 0,
  };
}

/** Loaded on first use: the Kubernetes client is the largest part of the program. */
async function openClusters({ invocation, around }: AdapterOptions): Promise<Clusters> {
  const { createClusters } = await import('../cluster/clusters.ts');
  const { kubeconfig } = around.secrets;
  const file = invocation.flags.kubeconfig;
  return createClusters({
    kubeconfig:
      kubeconfig !== undefined
        ? { text: kubeconfig.reveal() }
        : file === undefined
          ? undefined
          : { paths: [path.resolve(around.directory, file)] },
    env: around.env,
    scratch: around.scratch,
    userAgent: USER_AGENT,
    clock: systemClock,
    mask: around.host.mask,
  });
}

/** `--cache DIR`, else `$TOWPATH_CACHE`, else the user's cache directory. */
function cacheDirectoryOf({ flags }: Invocation, { env, directory, home }: Surroundings): string | null {
  const named = flags.cache ?? env['TOWPATH_CACHE'];
  if (named !== undefined && named !== '') return path.resolve(directory, named);
  const base = env['XDG_CACHE_HOME'] || path.join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  return path.join(base, 'towpath');
}
