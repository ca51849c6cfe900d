/** Applies one environment's files to its clusters. */
import { mapConcurrent } from '../base/concurrency.ts';
import { type Problem, toProblem } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import { toDesiredObject } from '../core/manifests/desired-object.ts';
import { findDuplicates } from '../core/manifests/duplicates.ts';
import { parseManifests } from '../core/manifests/parse.ts';
import type { SourceFile } from '../core/manifests/source-file.ts';
import type { ClusterReport } from '../core/report/report.ts';
import { expandContexts } from '../core/sync/contexts.ts';
import type { DesiredObject } from '../core/sync/desired-object.ts';
import type { Clusters } from './adapters/cluster.ts';
import type { Deps } from './deps.ts';

export interface EnvironmentSync {
  readonly clusters: readonly ClusterReport[];
  readonly problems: readonly Problem[];
}

/** Clusters of one environment synced at the same time. */
const CLUSTERS_AT_ONCE = 4;

type SyncDeps = Pick<Deps, 'clusters' | 'host' | 'signal'>;

/**
 * Applies what can be read; what cannot is a problem beside it and keeps nothing else back.
 * `files`: the environment's manifest files as they are to be applied. `problems` of reading them are the caller's.
 */
export async function syncEnvironment(
  given: { readonly environment: EnvironmentConfig; readonly files: readonly SourceFile[]; readonly dryRun: boolean },
  deps: SyncDeps,
): Promise<EnvironmentSync> {
  const { objects, problems } = readObjects(given.files);
  try {
    const clusters = await deps.clusters();
    const names = expandContexts(await clusters.contexts(), given.environment.clusters);
    const synced = await mapConcurrent(names, CLUSTERS_AT_ONCE, (name) =>
      syncCluster({ name, clusters, objects, dryRun: given.dryRun }, deps),
    );
    return {
      clusters: synced.map((entry) => entry.report),
      problems: [...problems, ...synced.flatMap((entry) => entry.problems)],
    };
  } catch (error) {
    deps.signal.throwIfAborted();
    return { clusters: [], problems: [...problems, toProblem(error, { subject: given.environment.name })] };
  }
}

function readObjects(files: readonly SourceFile[]): { objects: DesiredObject[]; problems: Problem[] } {
  const parsed = files.map((file) => parseManifests(file));
  const documents = parsed.flatMap((entry) => entry.documents);
  const duplicates = findDuplicates(documents);
  const repeated = new Set(duplicates.documents);
  const problems = [...parsed.flatMap((entry) => entry.problems), ...duplicates.problems];
  const objects: DesiredObject[] = [];
  for (const document of documents) {
    if (repeated.has(document)) continue;
    try {
      objects.push(toDesiredObject(document));
    } catch (error) {
      problems.push(toProblem(error, { subject: document.subject }));
    }
  }
  return { objects, problems };
}

interface ClusterSync {
  readonly name: string;
  readonly clusters: Clusters;
  readonly objects: readonly DesiredObject[];
  readonly dryRun: boolean;
}

async function syncCluster(
  given: ClusterSync,
  deps: SyncDeps,
): Promise<{ report: ClusterReport; problems: readonly Problem[] }> {
  const { name, clusters, objects, dryRun } = given;
  const cluster = await clusters.open(name);
  try {
    const result = await cluster.sync(objects, {
      dryRun,
      signal: deps.signal,
      onRow: (row, done, total) => deps.host.progress(`${name} ${done}/${total} ${row.subject} ${row.action}`),
    });
    return { report: { name, objects: result.rows, requests: cluster.requests() }, problems: result.problems };
  } catch (error) {
    deps.signal.throwIfAborted();
    return {
      report: { name, objects: [], requests: cluster.requests() },
      problems: [toProblem(error, { subject: name })],
    };
  } finally {
    await cluster.close();
  }
}
