/** From what the files ask for to places on the server. */
import { present } from '../../base/assert.ts';
import type { ObjectRow } from '../../core/report/report.ts';
import { type CustomKind, customKindsOf, isCustomResourceDefinition } from '../../core/sync/custom-kind.ts';
import type { DesiredObject } from '../../core/sync/desired-object.ts';
import { ignoringAnnotation, isReplaced } from '../../core/sync/ignored.ts';
import { deepEqual } from '../../core/sync/json.ts';
import type { Ordered } from '../../core/sync/order.ts';
import { payloadOf } from '../../core/sync/payload.ts';
import { subjectOf } from '../../core/sync/subject.ts';
import type { Discovery, Lookup } from '../api/discovery.ts';
import type { ApiResource } from '../api/known-kinds.ts';
import { noSuchKind } from './outcome.ts';
import { objectPath, type Target } from './target.ts';

/** One object of the run: a place on the server, or a row already because nothing will be done. */
export interface Item extends Ordered {
  readonly work: Target | ObjectRow;
}

/** The targets among `items`. */
export function targetsOf(items: readonly Item[]): readonly Target[] {
  return items.map(({ work }) => work).filter(isTarget);
}

export function isTarget(work: Target | ObjectRow): work is Target {
  return 'payload' in work;
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
    const resource = customKind(customKinds, desired);
    const found: Lookup =
      resource === undefined
        ? await discovery.find(desired.apiVersion, desired.kind, signal)
        : { kind: 'found', resource };
    items.push(toItem(desired, { found, defaultNamespace }));
  }
  return refuseDuplicates(items);
}

function customKind(kinds: readonly CustomKind[], { apiVersion, kind }: DesiredObject): ApiResource | undefined {
  return kinds.find((candidate) => candidate.apiVersion === apiVersion && candidate.kind === kind);
}

function toItem(
  desired: DesiredObject,
  { found, defaultNamespace }: { readonly found: Lookup; readonly defaultNamespace: string },
): Item {
  const { apiVersion, kind, name } = desired;
  const resource = found.kind === 'found' ? found.resource : undefined;
  const isNamespaced = resource?.namespaced ?? desired.namespace !== undefined;
  const namespace = isNamespaced ? (desired.namespace ?? defaultNamespace) : undefined;
  const identity = { apiVersion, kind, name, namespace };
  const subject = subjectOf(identity);
  const ignored = ignoringAnnotation(desired.object);
  if (ignored !== undefined) {
    return { ...identity, work: { subject, action: 'skipped', reason: `${ignored} is set in its file` } };
  }
  if (found.kind === 'unknown' && isReplaced(desired)) {
    const reason = 'towpath takes the place of its controller, and the cluster has no such kind';
    return { ...identity, work: { subject, action: 'skipped', reason } };
  }
  if (resource === undefined) {
    const reason = found.kind === 'unavailable' ? `its kind cannot be looked up: ${found.reason}` : noSuchKind(desired);
    return { ...identity, work: { subject, action: 'failed', reason } };
  }
  const payload = payloadOf(desired.object, namespace);
  return { ...identity, work: { ...identity, desired, resource, subject, payload } };
}

/** Two manifests for one object: which of them is meant cannot be known, so neither is applied, unless they are the same. */
function refuseDuplicates(items: readonly Item[]): readonly Item[] {
  const settled = items.filter(({ work }) => !isTarget(work));
  const groups = [...Map.groupBy(targetsOf(items), objectPath).values()];
  return [...settled, ...groups.map((group) => onlyOne(group))];
}

function onlyOne([first, ...others]: readonly Target[]): Item {
  const target = present(first, 'member of a group');
  const { apiVersion, kind, name, namespace, subject, payload } = target;
  const isSame = others.every((other) => deepEqual(other.payload, payload));
  const places = [target, ...others].map(({ desired }) => `${desired.position.file}:${desired.position.line}`).sort();
  const row: ObjectRow = {
    subject,
    action: 'failed',
    reason: `the files have it more than once: ${places.join(', ')}`,
  };
  return { apiVersion, kind, name, namespace, work: isSame ? target : row };
}
