/** Applies one environment's files to its clusters. */
import { mapConcurrent } from '../base/concurrency.ts';
import { type Problem, toProblem } from '../base/errors.ts';
import { toDesiredObject } from '../core/manifests/desired-object.ts';
import { findDuplicates } from '../core/manifests/duplicates.ts';
import { parseManifests } from '../core/manifests/parse.ts';
import type { SourceFile } from '../core/manifests/source-file.ts';
import type { ClusterReport } from '../core/report/report.ts';
import { expandContexts } from '../core/sync/contexts.ts';
import type { DesiredObject } from '../core/sync/desired-object.ts';
import type { Clusters } from './adapters/cluster.ts';
import type { Deps } from './deps.ts';
import { type Appliable, filesFor } from './generated/appliable.ts';

export interface EnvironmentSync {
  readonly clusters: readonly ClusterReport[];
  readonly problems: readonly Problem[];
}

/** Clusters of one environment synced at the same time. */
const CLUSTERS_AT_ONCE = 4;

type SyncDeps = Pick<Deps, 'clusters' | 'generators' | 'host' | 'signal'>;

/**
 * Applies what can be read; what cannot is a problem beside it and keeps nothing else back. A cluster whose manifests
 * cannot be made gets nothing. `problems` of reading the files are the caller's.
 */
export async function syncEnvironment(
  given: { readonly appliable: Appliable; readonly dryRun: boolean },
  deps: SyncDeps,
): Promise<EnvironmentSync> {
  const { appliable, dryRun } = given;
  const { environment, sources } = appliable;
  if (sources.refused) return { clusters: [], problems: [] };
  const shared = sources.generations.length === 0 ? readObjects(sources.files) : undefined;
  if (environment.clusters?.length === 0) return { clusters: [], problems: shared?.problems ?? [] };
  try {
    const clusters = await deps.clusters();
    const names = expandContexts(await clusters.contexts(), environment.clusters);
    const synced = await mapConcurrent(names, CLUSTERS_AT_ONCE, async (name) => {
      const read = shared ?? (await readGenerated(appliable, { context: name, clusters }, deps));
      const done = await syncCluster({ name, clusters, objects: read.objects, dryRun }, deps);
      return { ...done, problems: [...(shared === undefined ? read.problems : []), ...done.problems] };
    });
    return {
      clusters: synced.map((entry) => entry.report),
      problems: distinct([...(shared?.problems ?? []), ...synced.flatMap((entry) => entry.problems)]),
    };
  } catch (error) {
    deps.signal.throwIfAborted();
    return { clusters: [], problems: [...(shared?.problems ?? []), toProblem(error, { subject: environment.name })] };
  }
}

/** What is wrong with a file is found again for each cluster. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

interface ReadObjects {
  /** Undefined where they cannot be made: nothing may be applied. */
  readonly objects: readonly DesiredObject[] | undefined;
  readonly problems: readonly Problem[];
}

async function readGenerated(
  appliable: Appliable,
  at: { readonly context: string; readonly clusters: Clusters },
  deps: SyncDeps,
): Promise<ReadObjects> {
  const made = await filesFor(appliable, at, deps);
  if (!made.ok) return { objects: undefined, problems: made.problems };
  const read = readObjects(made.files);
  return { ...read, problems: [...made.warnings, ...read.problems] };
}

function readObjects(files: readonly SourceFile[]): ReadObjects {
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
  readonly objects: readonly DesiredObject[] | undefined;
  readonly dryRun: boolean;
}

async function syncCluster(
  given: ClusterSync,
  deps: SyncDeps,
): Promise<{ report: ClusterReport; problems: readonly Problem[] }> {
  const { name, clusters, objects, dryRun } = given;
  if (objects === undefined) return { report: { name, objects: [], requests: 0 }, problems: [] };
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
