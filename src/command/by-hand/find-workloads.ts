/** The workloads of the environments as they stand at the heads of their branches, found by the names that people give them. */
import type { Position, Problem } from '../../base/errors.ts';
import { nearestFew } from '../../base/nearest.ts';
import { printable } from '../../base/printable.ts';
import {
  meansWorkload,
  type Named,
  parseWorkloadId,
  renderWorkloadId,
  type WorkloadId,
} from '../../core/images/by-hand/workload-id.ts';
import { mentionsMarkers } from '../../core/images/flux-v2/read-markers.ts';
import type { FieldRule } from '../../core/images/locate/field-rule.ts';
import type { ImageFile } from '../../core/images/locate/image-file.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import { locateImages } from '../../core/images/locate/locate-images.ts';
import { parseManifests } from '../../core/manifests/parse.ts';
import type { SourceFile } from '../../core/manifests/source-file.ts';
import { locateAll, locateMarked, type MarkedSearch, type SearchedFile } from '../images/find-images.ts';
import type { PoliciesFor } from '../images/image-policies.ts';

export interface Workload {
  /** As Flux names it: `ns:kind/name`; of a file that holds no objects, its subject. */
  readonly id: string;
  /** `Kind/namespace/name`, `Kustomization/path`, `Values/path`. */
  readonly subject: string;
  readonly position: Position;
  /** Undefined where it is no object, and so has no annotations. */
  readonly named: Named | undefined;
  readonly file: SourceFile;
  /** Its images; not empty. */
  readonly uses: readonly ImageUse[];
}

export interface WorkloadSearch {
  readonly fields: readonly FieldRule[];
  /** What markers can follow; without it, marked images are found and follow nothing. */
  readonly policiesFor?: PoliciesFor;
}

const NO_POLICIES: PoliciesFor = () => ({ find: () => undefined, names: [] });

/** Everything with images, in the order of the files. Files that cannot be read have none; the scan says why. */
export function workloadsIn(
  files: readonly ImageFile[],
  { fields, policiesFor = NO_POLICIES }: WorkloadSearch,
): Workload[] {
  return [...Map.groupBy(files, ({ file }) => file.path).values()].flatMap((group) => {
    const [first, ...others] = group as [ImageFile, ...ImageFile[]];
    const policies = mentionsMarkers(first.file.bytes) ? policiesFor(first.file.path) : undefined;
    if (policies !== undefined) return marked([first, ...others], { fields, policies });
    return group.flatMap((given) =>
      given.kind === 'objects' ? objectsWithImages(given.file, fields) : filesWithImages(given),
    );
  });
}

/** In a file with markers, images may stand in any object, and in none. */
function marked(searched: SearchedFile, given: MarkedSearch): Workload[] {
  const [{ file }] = searched;
  const objects = new Map(parseManifests(file).documents.map((document) => [document.subject, document]));
  const { uses } = locateMarked(searched, given);
  return [...Map.groupBy(uses, ({ subject }) => subject)].map(([subject, members]) => {
    const object = objects.get(subject);
    const id = object === undefined ? subject : renderWorkloadId(object);
    const position = object?.position ?? (members[0] as ImageUse).position;
    return { id, subject, position, named: object, file, uses: members };
  });
}

function objectsWithImages(file: SourceFile, fields: readonly FieldRule[]): Workload[] {
  return parseManifests(file).documents.flatMap((document) => {
    const { uses } = locateImages(document, fields);
    const { subject, position } = document;
    return uses.length === 0
      ? []
      : [{ id: renderWorkloadId(document), subject, position, named: document, file, uses }];
  });
}

function filesWithImages(given: ImageFile): Workload[] {
  return [...Map.groupBy(locateAll(given, []).uses, ({ subject }) => subject)].flatMap(([subject, uses]) => {
    const [first] = uses;
    if (first === undefined) return [];
    return [{ id: subject, subject, position: first.position, named: undefined, file: given.file, uses }];
  });
}

export interface NamedWorkloads<T extends Workload> {
  /** In the order of the names, each once. */
  readonly workloads: readonly T[];
  readonly problems: readonly Problem[];
}

/** The one workload that each name means. None, or more than one, is a problem of the usage. */
export function pickWorkloads<T extends Workload>(
  known: readonly T[],
  given: { readonly names: readonly string[]; readonly namespace: string | undefined },
): NamedWorkloads<T> {
  const workloads = new Set<T>();
  const problems: Problem[] = [];
  for (const name of given.names) {
    const file = known.find(({ id, named }) => named === undefined && id === name);
    if (file !== undefined) {
      workloads.add(file);
      continue;
    }
    const parsed = parseWorkloadId(name, given.namespace);
    if (!parsed.ok) {
      problems.push(usage(parsed.message, 'Write ns:kind/name, such as prod:deployment/api.'));
      continue;
    }
    const meant = known.filter(({ named }) => named !== undefined && meansWorkload(parsed.id, named));
    const [only] = meant;
    if (only === undefined) problems.push(unknownWorkload(name, parsed.id, known));
    else if (meant.length > 1) problems.push(ambiguous(name, meant));
    else workloads.add(only);
  }
  return { workloads: [...workloads], problems };
}

function unknownWorkload(written: string, id: WorkloadId, known: readonly Workload[]): Problem {
  // Without a namespace in the name, that of the workload is no difference.
  const near = nearestFew(
    renderWorkloadId(id),
    known.map((workload) => nameFor(workload, id)),
  );
  const meant = known.filter((workload) => near.includes(nameFor(workload, id)) || workload.named?.name === id.name);
  const close = [...new Set(meant.map((workload) => workload.id))].slice(0, 3);
  const hint = close.length > 0 ? `Did you mean ${close.join(' or ')}?` : 'Look at towpath list workloads.';
  return usage(`there is no workload ${printable(written)}`, printable(hint));
}

function nameFor(workload: Workload, id: WorkloadId): string {
  if (workload.named === undefined) return workload.id;
  const { kind, namespace, name } = workload.named;
  return renderWorkloadId({ kind, name, namespace: id.namespace === undefined ? undefined : namespace });
}

function ambiguous(written: string, meant: readonly Workload[]): Problem {
  const places = meant.map(({ id, position }) => `${id} (${position.file}:${position.line})`);
  const shown = places.slice(0, 3).join(', ') + (places.length > 3 ? ', …' : '');
  const hint = 'Name its namespace, or choose one environment with --environment.';
  return usage(`${printable(written)} means more than one workload: ${shown}`, hint);
}

function usage(message: string, hint: string): Problem {
  return { severity: 'error', code: 'USAGE_WORKLOAD', message, hint };
}
