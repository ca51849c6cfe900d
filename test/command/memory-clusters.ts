/** Clusters that remember what they were given, in place of API servers: for what reaches which of them. */
import { TowpathError } from '../../src/base/errors.ts';
import { Secret } from '../../src/base/secret.ts';
import type { Clusters } from '../../src/command/adapters/cluster.ts';
import type { DesiredObject } from '../../src/core/sync/desired-object.ts';

export interface MemoryClusters extends Clusters {
  /** By context: `Kind/name`, in the order given; a Deployment with its images. Nothing for a cluster that was not synced. */
  readonly applied: Readonly<Record<string, readonly string[]>>;
}

/** The first name is the current context; for those in `sealed` there is no credential. */
export function memoryClusters(names: readonly string[], sealed: readonly string[] = []): MemoryClusters {
  const applied: Record<string, string[]> = {};
  return {
    applied,
    contexts: async () => ({ names, current: names[0] ?? null }),
    async kubeconfigFor(context) {
      if (sealed.includes(context)) throw new TowpathError('CLUSTER_CREDENTIAL_FAILED', `no credential for ${context}`);
      return new Secret(`current-context: ${context}\n`);
    },
    open: async (name) => ({
      name,
      requests: () => 1,
      async sync(objects) {
        applied[name] = objects.map(describeObject);
        return { rows: [], problems: [] };
      },
      close: async () => undefined,
    }),
  };
}

function describeObject({ kind, name, object }: DesiredObject): string {
  const images = JSON.stringify(object).match(/(?<="image":")[^"]+/g) ?? [];
  return [`${kind}/${name}`, ...images].join(' ');
}
