/** Namespaces and kinds that other objects of the same run need: whether they are there, come, or failed to come. */
import type { ObjectRow } from '../../core/report/report.ts';
import { customKindsOf, definitionState, isCustomResourceDefinition } from '../../core/sync/custom-kind.ts';
import { valueAt } from '../../core/sync/json.ts';
import { keyOf } from '../api/discovery.ts';
import type { Applier } from './apply.ts';
import { type Live, readLive } from './live-objects.ts';
import type { Target } from './target.ts';

interface Setting {
  readonly targets: readonly Target[];
  /** Completed here with what can only be read once a definition is in force. */
  readonly live: Map<Target, Live>;
  readonly applier: Applier;
  readonly dryRun: boolean;
}

export interface Prerequisites {
  /** Reads those of `targets` that could not be read before because this run had yet to define their kind. */
  beforePhase(targets: readonly Target[]): Promise<void>;
  /** The row of an object that cannot be applied, or previewed, for want of its namespace or kind. */
  verdict(target: Target): ObjectRow | undefined;
  record(target: Target, row: ObjectRow): void;
}

export function createPrerequisites({ targets, live, applier, dryRun }: Setting): Prerequisites {
  const namespaces = new Map(targets.filter(isNamespace).map((target) => [target.name, target]));
  const definitions = definitionsByKind(targets);
  const rows = new Map<Target, ObjectRow>();
  const needsOf = (target: Target) => {
    const definition = definitions.get(keyOf(target.apiVersion, target.kind));
    const namespace = target.namespace === undefined ? undefined : namespaces.get(target.namespace);
    return { definition, namespace };
  };
  const failureOf = (needed: Target): string | undefined => {
    const row = rows.get(needed);
    // What was in use before can still be used.
    return row?.action === 'failed' && !isUsable(live.get(needed)) ? row.reason : undefined;
  };
  return {
    async beforePhase(phase) {
      const unread = phase.filter((target) => {
        const { definition } = needsOf(target);
        return definition !== undefined && failureOf(definition) === undefined && live.get(target)?.kind === 'unserved';
      });
      if (dryRun || unread.length === 0) return;
      const { api, signal } = applier;
      for (const [target, found] of await readLive(api, { targets: unread, signal })) live.set(target, found);
    },
    verdict(target) {
      const { definition, namespace } = needsOf(target);
      for (const needed of [definition, namespace]) {
        const failure = needed === undefined ? undefined : failureOf(needed);
        if (needed !== undefined && failure !== undefined) return blocked(target, { needed, failure });
      }
      if (!dryRun) return undefined;
      if (definition !== undefined && live.get(target)?.kind === 'unserved') return predicted(target, definition);
      const isNew = namespace !== undefined && live.get(namespace)?.kind === 'absent';
      return isNew ? predicted(target, namespace) : undefined;
    },
    record(target, row) {
      rows.set(target, row);
    },
  };
}

/** There, and if it is a definition, in force. What we could not see may well be there. */
function isUsable(live: Live | undefined): boolean {
  if (live?.kind !== 'present') return live?.kind === 'forbidden' || live?.kind === 'unknown';
  const isDefinition = valueAt(live.object, 'kind') === 'CustomResourceDefinition';
  return !isDefinition || definitionState(live.object).kind === 'established';
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
