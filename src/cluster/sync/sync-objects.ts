/** Makes a cluster match a set of objects: read, then phase by phase prove or apply. */
import type { Clock } from '../../base/clock.ts';
import { mapConcurrent } from '../../base/concurrency.ts';
import type { Problem } from '../../base/errors.ts';
import type { SyncOptions, SyncResult } from '../../command/adapters/cluster.ts';
import type { ObjectRow } from '../../core/report/report.ts';
import type { DesiredObject } from '../../core/sync/desired-object.ts';
import { orderPhases } from '../../core/sync/order.ts';
import type { ApiClient } from '../api/api-client.ts';
import { createDiscovery } from '../api/discovery.ts';
import type { Applier } from './apply.ts';
import { type Live, readLive } from './live-objects.ts';
import { isTarget, prepareItems, targetsOf } from './prepare.ts';
import { createPrerequisites } from './prerequisites.ts';
import { reconcile } from './reconcile.ts';
import type { Target } from './target.ts';

export interface SyncContext {
  readonly api: ApiClient;
  readonly clock: Clock;
  /** The field manager of our applies. */
  readonly manager: string;
  readonly defaultNamespace: string;
}

const OBJECTS_AT_ONCE = 32;
const UNREAD: Live = { kind: 'unknown', reason: 'it was not read' };

/**
 * Rows in the order of application, one for each object (identical repetitions count once). A failure of one object
 * is its row's; throws where the cluster as a whole cannot be used, or the signal's reason.
 */
export async function syncObjects(
  objects: readonly DesiredObject[],
  { context, options }: { readonly context: SyncContext; readonly options: SyncOptions },
): Promise<SyncResult> {
  const { api, clock, defaultNamespace, manager } = context;
  const { signal, dryRun } = options;
  signal?.throwIfAborted();
  const discovery = createDiscovery(api);
  const items = await prepareItems(objects, { discovery, defaultNamespace, signal });
  const targets = targetsOf(items);
  const live = new Map(await readLive(api, { targets, signal }));
  const problems = collectWarnings();
  const applier: Applier = { api, clock, manager, signal, onWarning: problems.add };
  const needs = createPrerequisites({ targets, live, applier, dryRun });
  const progress = countRows(items.length, options);
  const rows: ObjectRow[] = [];
  for (const phase of orderPhases(items)) {
    await needs.beforePhase(targetsOf(phase.items));
    const done = await mapConcurrent(phase.items, OBJECTS_AT_ONCE, async ({ work }) => {
      const row = isTarget(work) ? await settle(work, { needs, applier, dryRun, live }) : work;
      progress(row);
      return row;
    });
    rows.push(...done);
  }
  return { rows, problems: problems.list() };
}

interface Settling {
  readonly needs: ReturnType<typeof createPrerequisites>;
  readonly applier: Applier;
  readonly dryRun: boolean;
  readonly live: ReadonlyMap<Target, Live>;
}

async function settle(target: Target, { needs, applier, dryRun, live }: Settling): Promise<ObjectRow> {
  const row = needs.verdict(target) ?? (await reconcile({ target, live: live.get(target) ?? UNREAD, applier, dryRun }));
  needs.record(target, row);
  return row;
}

function countRows(total: number, { onRow }: SyncOptions): (row: ObjectRow) => void {
  let done = 0;
  return (row) => {
    done++;
    onRow?.(row, done, total);
  };
}

/** Warnings of the server, each text once, for the first object that it came with. */
function collectWarnings() {
  const found = new Map<string, Problem>();
  return {
    add(text: string, target: Target): void {
      if (text === '' || found.has(text)) return;
      const { subject, desired } = target;
      found.set(text, {
        severity: 'warning',
        code: 'CLUSTER_WARNING',
        message: text,
        subject,
        position: desired.position,
      });
    },
    list: (): readonly Problem[] => [...found.values()],
  };
}
