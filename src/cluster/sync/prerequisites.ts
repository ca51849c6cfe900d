/** Namespaces and kinds that other objects of the same run need: whether they are there, come, or failed to come. */
import type { ObjectRow } from '../../core/report/report.ts';
import { customKindsOf, definitionState, isCustomResourceDefinition } from '../../core/sync/custom-kind.ts';
import { keyOf } from '../api/discovery.ts';
import type { Applier } from './apply.ts';
import { waitForDefinition } from './definitions.ts';
import { type Live, readLive } from './live-objects.ts';
import type { Reconciled } from './reconcile.ts';
import type { Target } from './target.ts';

interface Setting {
  readonly targets: readonly Target[];
  /** Completed here with what can only be read once a definition is in force. */
  readonly live: Map<Target, Live>;
  readonly applier: Applier;
  readonly dryRun: boolean;
}

export interface Prerequisites {
  /** Waits for the definitions of the kinds of `targets`, and reads their objects where that was not possible before. */
  beforePhase(targets: readonly Target[]): Promise<void>;
  /** The row of an object that cannot be applied, or previewed, for want of its namespace or kind. */
  verdict(target: Target): ObjectRow | undefined;
  record(target: Target, done: Reconciled): void;
}

export function createPrerequisites(setting: Setting): Prerequisites {
  const { targets, live, dryRun } = setting;
  const namespaces = new Map(targets.filter(isNamespace).map((target) => [target.name, target]));
  const definitions = definitionsByKind(targets);
  const definitionOf = (target: Target) => definitions.get(keyOf(target.apiVersion, target.kind));
  const done = new Map<Target, Reconciled>();
  /** Definitions that were waited for, with what came of it: null where their kinds can be used. */
  const waited = new Map<Target, string | null>();

  const failureOf = (needed: Target): string | undefined => {
    const row = done.get(needed)?.row;
    // What was there before can still be used.
    if (row?.action === 'failed' && live.get(needed)?.kind === 'absent') return row.reason;
    return waited.get(needed) ?? undefined;
  };
  return {
    async beforePhase(phase) {
      const needed = new Set(phase.flatMap((target) => definitionOf(target) ?? []));
      const fresh = [...needed].filter((definition) => !waited.has(definition));
      if (dryRun || fresh.length === 0) return;
      await Promise.all(
        fresh.map(async (definition) => waited.set(definition, await awaitDefinition(definition, { setting, done }))),
      );
      const unread = targets.filter((target) => {
        const definition = definitionOf(target);
        return definition !== undefined && waited.get(definition) === null && live.get(target)?.kind === 'unserved';
      });
      const { api, signal } = setting.applier;
      for (const [target, found] of await readLive(api, { targets: unread, signal })) live.set(target, found);
    },
    verdict(target) {
      const definition = definitionOf(target);
      const namespace = target.namespace === undefined ? undefined : namespaces.get(target.namespace);
      for (const needed of [definition, namespace]) {
        const failure = needed === undefined ? undefined : failureOf(needed);
        if (needed !== undefined && failure !== undefined) return blocked(target, { needed, failure });
      }
      if (!dryRun) return undefined;
      if (definition !== undefined && live.get(target)?.kind === 'unserved') return predicted(target, definition);
      return namespace !== undefined && live.get(namespace)?.kind === 'absent'
        ? predicted(target, namespace)
        : undefined;
    },
    record(target, result) {
      done.set(target, result);
    },
  };
}

function isNamespace({ apiVersion, kind }: Target): boolean {
  return apiVersion === 'v1' && kind === 'Namespace';
}

function definitionsByKind(targets: readonly Target[]): ReadonlyMap<string, Target> {
  const byKind = new Map<string, Target>();
  for (const target of targets.filter(isCustomResourceDefinition)) {
    for (const { apiVersion, kind } of customKindsOf(target.payload)) byKind.set(keyOf(apiVersion, kind), target);
  }
  return byKind;
}

/** Null once the kinds of `definition` can be used, else why not. */
async function awaitDefinition(
  definition: Target,
  { setting, done }: { readonly setting: Setting; readonly done: ReadonlyMap<Target, Reconciled> },
): Promise<string | null> {
  const result = done.get(definition);
  const before = setting.live.get(definition);
  const wasInForce = before?.kind === 'present' && definitionState(before.object).kind === 'established';
  // Nothing to wait for, or nothing to see: a failed definition speaks through its row.
  if (result?.object === undefined || (wasInForce && result.row.action === 'unchanged')) return null;
  const { api, clock, signal } = setting.applier;
  return waitForDefinition({ api, clock, definition, live: result.object, signal });
}

function blocked(
  { subject }: Target,
  { needed, failure }: { readonly needed: Target; readonly failure: string },
): ObjectRow {
  return { subject, action: 'failed', reason: `${needed.subject} could not be applied: ${failure}` };
}

/** The server cannot be asked about an object whose surroundings do not exist yet. */
function predicted({ subject }: Target, needed: Target): ObjectRow {
  return { subject, action: 'created', reason: `not verified: ${needed.subject} is not there yet` };
}
