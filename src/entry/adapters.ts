/** Wires the adapters of one run. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../base/clock.ts';
import { type Problem, TowpathError } from '../base/errors.ts';
import type { Fetch } from '../base/http.ts';
import { Secret } from '../base/secret.ts';
import type { Clusters } from '../command/adapters/cluster.ts';
import type { Generators } from '../command/adapters/generators.ts';
import type { Notifier } from '../command/adapters/notifier.ts';
import type { Registries } from '../command/adapters/registries.ts';
import type { Config } from '../config/config.ts';
import type { Invocation } from '../config/invocation.ts';
import { createSlackNotifier } from '../notify/slack.ts';
import { type AwsKeySource, environmentAwsKeys } from '../registry/cloud/aws-keys.ts';
import { ecrCredentials } from '../registry/cloud/ecr.ts';
import { type CredentialSource, firstCredential, githubTokenCredential } from '../registry/credentials.ts';
import { dockerConfigCredentials } from '../registry/docker-config.ts';
import { loadDockerConfig } from '../registry/docker-config-file.ts';
import { createRegistries } from '../registry/registries.ts';
import { createGenerators } from '../render/generators.ts';
import type { Surroundings } from './surroundings.ts';
import { USER_AGENT } from './version.ts';

export interface Adapters {
  readonly registries: Registries;
  readonly clusters: () => Promise<Clusters>;
  readonly generators: Generators;
  readonly notifiers: readonly Notifier[];
  readonly cacheDirectory: string | null;
}

export interface AdapterOptions {
  readonly invocation: Invocation;
  readonly around: Surroundings;
  readonly config: Config;
  readonly onWarning: (problem: Problem) => void;
}

export async function createAdapters(options: AdapterOptions): Promise<Adapters> {
  const { around, config, invocation } = options;
  const cacheDirectory = cacheDirectoryOf(invocation, around);
  const awsKeys = around.event.fromFork ? undefined : environmentAwsKeys(around.env, maskOf(around));
  const registries = createRegistries({
    endpoints: new Map(
      config.registries.flatMap(({ name, endpoint }) => (endpoint === undefined ? [] : [[name, endpoint]])),
    ),
    credentials: await credentialsOf(options, awsKeys),
    awsKeys,
    clock: systemClock,
    cacheDir: cacheDirectory,
    userAgent: USER_AGENT,
    onWarning: options.onWarning,
    mask: maskOf(around),
  });
  let clusters: Promise<Clusters> | undefined;
  return {
    registries,
    clusters: () => {
      clusters ??= openClusters(options);
      return clusters;
    },
    generators: createGenerators({ env: around.env, scratch: around.scratch, redact: around.redact }),
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
  };
}

/** A fork's code chooses neither who gets the credentials nor what they are used for: it gets none. */
async function credentialsOf(
  { invocation, around }: AdapterOptions,
  awsKeys: AwsKeySource | undefined,
): Promise<CredentialSource> {
  if (around.event.fromFork || awsKeys === undefined) return async () => undefined;
  const docker = await loadDockerConfig({
    explicit: await explicitAuth(invocation, around),
    env: around.env,
    home: around.home,
  });
  const sources = [dockerConfigCredentials(docker, around.env)];
  const fetcher: Fetch = (url, init) => fetch(url, init);
  sources.push(
    ecrCredentials(awsKeys, { fetch: fetcher, clock: systemClock, userAgent: USER_AGENT, mask: maskOf(around) }),
  );
  if (around.secrets.githubToken !== undefined) sources.push(githubTokenCredential(around.secrets.githubToken));
  return firstCredential(sources);
}

function maskOf({ host }: Surroundings): (secret: string) => void {
  return (secret) => host.mask(new Secret(secret));
}

async function explicitAuth(
  invocation: Invocation,
  around: Surroundings,
): Promise<{ name: string; text: string } | undefined> {
  const { registryAuth } = around.secrets;
  if (registryAuth !== undefined) return { name: 'registry-auth', text: registryAuth.reveal() };
  const file = invocation.flags.registryAuth;
  if (file === undefined) return undefined;
  try {
    return { name: file, text: await readFile(path.resolve(around.directory, file), 'utf8') };
  } catch (error) {
    throw new TowpathError(
      'USAGE_REGISTRY_AUTH',
      `cannot read the registry credentials (${(error as NodeJS.ErrnoException).code})`,
      {
        subject: file,
        cause: error,
        hint: "Give a file in the form of Docker's config.json.",
      },
    );
  }
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
