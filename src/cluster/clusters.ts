/** The clusters of a kubeconfig. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import { Secret } from '../base/secret.ts';
import type { Cluster, Clusters } from '../command/adapters/cluster.ts';
import { decodeKubeconfigText, type Kubeconfig, parseKubeconfigs } from '../core/sync/kubeconfig.ts';
import { createApiClient } from './api/api-client.ts';
import { renderKubeconfig } from './context-kubeconfig.ts';
import { type ContextSettings, contextSettings } from './context-settings.ts';
import { createCredentialSource } from './credentials.ts';
import { type KubeconfigInput, readKubeconfigSources } from './kubeconfig-sources.ts';
import { syncObjects } from './sync/sync-objects.ts';
import { proxyFor } from './transport/proxy.ts';
import { createTransport } from './transport/transport.ts';

export interface ClustersOptions {
  /** Content or files; undefined: $KUBECONFIG, else ~/.kube/config. */
  readonly kubeconfig: KubeconfigInput;
  readonly env: NodeJS.ProcessEnv;
  readonly userAgent: string;
  readonly clock: Clock;
  /** Told every token, password and key before it is used. */
  readonly mask: (secret: Secret) => void;
  /** The run's own directory, made when first asked for: only for credential commands that read a kubeconfig. */
  readonly scratch: () => Promise<string>;
}

/** As it appears in metadata.managedFields. */
const FIELD_MANAGER = 'towpath';

/** Nothing is read before the first call. Errors: KUBECONFIG_* and CLUSTER_*. */
export function createClusters(options: ClustersOptions): Clusters {
  let loading: Promise<Kubeconfig> | undefined;
  const kubeconfigFile = fileOnDemand(options);
  const kubeconfig = () => {
    loading ??= readKubeconfigSources(options.kubeconfig, options.env).then(parseKubeconfigs);
    return loading;
  };
  return {
    async contexts() {
      const { contexts, current } = await kubeconfig();
      return { names: [...contexts.keys()], current };
    },
    async open(context) {
      return openCluster(contextSettings(await kubeconfig(), context), { ...options, kubeconfigFile });
    },
    async kubeconfigFor(context, signal) {
      const settings = contextSettings(await kubeconfig(), context);
      const source = createCredentialSource(settings, { ...options, kubeconfigFile });
      const credentials = await source.get(signal);
      // In the file they stand in this form, which a command may print.
      const key = credentials.tls.key?.toString('base64');
      for (const secret of [key, passwordOf(settings.cluster.proxyUrl)]) {
        if (secret !== undefined) options.mask(new Secret(secret));
      }
      return new Secret(renderKubeconfig(settings, credentials));
    },
  };
}

/** As it is written. */
function passwordOf(url: string | undefined): string | undefined {
  const password = url !== undefined && URL.canParse(url) ? new URL(url).password : '';
  return password === '' ? undefined : password;
}

type KubeconfigFile = (() => Promise<string>) | undefined;

/** Content stays in memory, unless a command has to be given it as a file. */
function fileOnDemand({ kubeconfig, scratch }: ClustersOptions): KubeconfigFile {
  if (kubeconfig === undefined || !('text' in kubeconfig)) return undefined;
  let writing: Promise<string> | undefined;
  return () => {
    writing ??= writeKubeconfig(scratch, decodeKubeconfigText(kubeconfig.text));
    return writing;
  };
}

async function writeKubeconfig(scratch: () => Promise<string>, text: string): Promise<string> {
  const file = path.join(await scratch(), `kubeconfig-${randomUUID()}`);
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  return file;
}

function openCluster(
  settings: ContextSettings,
  options: ClustersOptions & { readonly kubeconfigFile: KubeconfigFile },
): Cluster {
  const { clock, env, mask, userAgent, kubeconfigFile } = options;
  const proxy = proxyFor(settings.server, settings.cluster.proxyUrl, env);
  const api = createApiClient({
    server: settings.server,
    credentials: createCredentialSource(settings, { env, clock, mask, kubeconfigFile }),
    connect: ({ tls }) => createTransport({ server: settings.server, tls, proxy, clock }),
    userAgent,
    clock,
  });
  const context = { api, clock, manager: FIELD_MANAGER, defaultNamespace: settings.namespace ?? 'default' };
  return {
    name: settings.name,
    requests: api.requests,
    sync: (objects, syncOptions) => syncObjects(objects, { context, options: syncOptions }),
    async close() {
      api.close();
    },
  };
}
