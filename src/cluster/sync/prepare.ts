/** From what the files ask for to places on the server. */
import type { ObjectRow } from '../../core/report/report.ts';
import { type CustomKind, customKindsOf, isCustomResourceDefinition } from '../../core/sync/custom-kind.ts';
import type { DesiredObject } from '../../core/sync/desired-object.ts';
import { ignoringAnnotation } from '../../core/sync/ignored.ts';
import { deepEqual } from '../../core/sync/json.ts';
import { payloadOf } from '../../core/sync/payload.ts';
import { subjectOf } from '../../core/sync/subject.ts';
import type { Discovery } from '../api/discovery.ts';
import type { ApiResource } from '../api/known-kinds.ts';
import { noSuchKind } from './reconcile.ts';
import type { Target } from './target.ts';

/** One object of the run: with a place on the server, or with a row because nothing will be done. */
export interface Item {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly target: Target | undefined;
  readonly settled: ObjectRow | undefined;
}

export interface Preparation {
  readonly discovery: Discovery;
  /** Of namespaced objects that name none. */
  readonly defaultNamespace: string;
  readonly signal: AbortSignal | undefined;
}

export async function prepareItems(
  objects: readonly DesiredObject[],
  { discovery, defaultNamespace, signal }: Preparation,
): Promise<readonly Item[]> {
  const customKinds = objects.filter(isCustomResourceDefinition).flatMap(({ object }) => customKindsOf(object));
  const items: Item[] = [];
  for (const desired of objects) {
    // Kinds that this very run defines need no asking, and cannot be asked for yet.
    const resource =
      customKind(customKinds, desired) ?? (await discovery.find(desired.apiVersion, desired.kind, signal));
    items.push(resource === undefined ? unknownKind(desired) : placed(desired, { resource, defaultNamespace }));
  }
  return refuseDuplicates(items);
}

function customKind(kinds: readonly CustomKind[], { apiVersion, kind }: DesiredObject): ApiResource | undefined {
  return kinds.find((candidate) => candidate.apiVersion === apiVersion && candidate.kind === kind);
}

function unknownKind(desired: DesiredObject): Item {
  const { apiVersion, kind, name, namespace } = desired;
  const reason = noSuchKind(desired);
  const settled: ObjectRow = { subject: subjectOf(desired), action: 'failed', reason };
  return { apiVersion, kind, name, namespace, target: undefined, settled };
}

function placed(
  desired: DesiredObject,
  { resource, defaultNamespace }: { readonly resource: ApiResource; readonly defaultNamespace: string },
): Item {
  const { apiVersion, kind, name } = desired;
  const namespace = resource.namespaced ? (desired.namespace ?? defaultNamespace) : undefined;
  const subject = subjectOf({ kind, name, namespace });
  const ignored = ignoringAnnotation(desired.object);
  if (ignored !== undefined) {
    const settled: ObjectRow = { subject, action: 'skipped', reason: `${ignored} is set in its file` };
    return { apiVersion, kind, name, namespace, target: undefined, settled };
  }
  const payload = payloadOf(desired.object, namespace);
  const target: Target = { desired, resource, namespace, name, apiVersion, kind, subject, payload };
  return { apiVersion, kind, name, namespace, target, settled: undefined };
}

/** Two manifests for one object: which of them is meant cannot be known, so neither is applied, unless they are the same. */
function refuseDuplicates(items: readonly Item[]): readonly Item[] {
  const groups = Map.groupBy(
    items,
    (item) =>
      `${item.target?.resource.resource ?? ''} ${item.apiVersion} ${item.kind} ${item.namespace ?? ''} ${item.name}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first?.target === undefined || others.length === 0) return group;
    const { payload, subject } = first.target;
    if (others.every(({ target }) => target !== undefined && deepEqual(target.payload, payload))) return [first];
    const places = group
      .map(({ target }) => positionText(target))
      .filter((place) => place !== '')
      .sort();
    const settled: ObjectRow = {
      subject,
      action: 'failed',
      reason: `the files have it more than once: ${places.join(', ')}`,
    };
    return [{ ...first, target: undefined, settled }];
  });
}

function positionText(target: Target | undefined): string {
  if (target === undefined) return '';
  const { file, line } = target.desired.position;
  return `${file}:${line}`;
}
