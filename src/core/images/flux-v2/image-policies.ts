/** The ImagePolicy and ImageRepository objects among the objects of an environment, joined by name. */
import type { Position, Problem } from '../../../base/errors.ts';
import { suggestion } from '../../../base/nearest.ts';
import { printable } from '../../../base/printable.ts';
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { entriesOf, isMap, isScalar, valueAt } from '../../manifests/yaml-tree.ts';
import type { ImagePolicy } from './image-policy.ts';
import { type ImagePolicySpec, readImagePolicy } from './read-image-policy.ts';
import { type Read, type RepositorySpec, readRepository } from './read-repository.ts';

/** `fault`: the object is there and cannot be followed. */
export type FoundPolicy =
  | { readonly kind: 'policy'; readonly policy: ImagePolicy }
  | {
      readonly kind: 'fault';
      readonly problem: Problem;
      /** For the rows of images, where the problem's message says more than one of them needs. */
      readonly reason?: string;
    };

export interface ImagePolicies {
  /** By `namespace/name`; an object whose manifest names no namespace is found in every one. */
  find(name: string): FoundPolicy | undefined;
  /** All names, for hints. */
  readonly names: readonly string[];
  /** Errors of all objects, followed or not, and warnings about policies. */
  readonly problems: readonly Problem[];
}

/** An object and the place that messages about it name; undefined: where it stands in its file. */
export interface ImageObject {
  readonly document: ManifestDocument;
  readonly position?: Position | undefined;
}

const GROUP = 'image.toolkit.fluxcd.io/';

/** Whether a document is one of Flux's image objects, of whatever version. */
function isImageObject({ apiVersion, kind }: Pick<ManifestDocument, 'apiVersion' | 'kind'>): boolean {
  return apiVersion.startsWith(GROUP) && (kind === 'ImagePolicy' || kind === 'ImageRepository');
}

/** The policies of the objects; Namespaces among them tell their labels. Others are passed over. */
export function joinImagePolicies(objects: readonly ImageObject[]): ImagePolicies {
  const policies = byName(objects, { kind: 'ImagePolicy', read: readImagePolicy });
  const repositories = byName(objects, { kind: 'ImageRepository', read: readRepository });
  const namespaces = labelsOfNamespaces(objects);
  const found = new Map<string, FoundPolicy>();
  const problems = new Set<Problem>();
  for (const [name, held] of policies) {
    const joined = join(name, held, { repositories, namespaces });
    found.set(name, joined);
    if (joined.kind === 'fault') problems.add(joined.problem);
    else if (held.warning !== undefined) problems.add(held.warning);
  }
  for (const held of repositories.values()) if (!held.ok) problems.add(held.problem);
  return {
    find: (name) => inNamespace(found, name),
    names: [...found.keys()],
    problems: [...problems],
  };
}

type Held<T> = { readonly subject: string; readonly position: Position; readonly namespace: string | undefined } & (
  | { readonly ok: true; readonly spec: T; readonly text: string; readonly warning: Problem | undefined }
  | { readonly ok: false; readonly problem: Problem; readonly warning?: undefined }
);

function byName<T>(
  objects: readonly ImageObject[],
  { kind, read }: { readonly kind: string; readonly read: (document: ManifestDocument) => Read<T> },
): ReadonlyMap<string, Held<T>> {
  const held = new Map<string, Held<T>>();
  for (const object of objects) {
    const { document } = object;
    if (document.kind !== kind || !isImageObject(document)) continue;
    const name = `${document.namespace ?? ''}/${document.name}`;
    const next = hold(object, read(document));
    const other = held.get(name);
    held.set(name, other === undefined || isSame(other, next) ? next : ambiguous(other, next));
  }
  return held;
}

function hold<T>({ document, position }: ImageObject, read: Read<T>): Held<T> {
  const { subject, namespace, source } = document;
  const base = { subject, namespace, position: position ?? document.namePosition };
  if (read.ok) {
    const warning: Problem | undefined =
      read.warning === undefined
        ? undefined
        : { ...problem(base, { message: `${subject}: ${read.warning}`, hint: undefined }), severity: 'warning' };
    return { ...base, ok: true, spec: read.spec, text: JSON.stringify(read.spec), warning };
  }
  const { fault } = read;
  const place = { ...base, position: position ?? source.positionAt(fault.offset) };
  return { ...base, ok: false, problem: problem(place, { message: `${subject}: ${fault.message}`, hint: fault.hint }) };
}

/** The same object may be read from a file and from a build. */
function isSame<T>(a: Held<T>, b: Held<T>): boolean {
  return a.ok && b.ok && a.text === b.text;
}

function ambiguous<T>(first: Held<T>, second: Held<T>): Held<T> {
  const place = `${first.position.file}:${first.position.line}`;
  const message = `${second.subject} is there a second time and says something else than at ${printable(place)}`;
  const hint = 'Keep one of them, or let the environment have paths with one of them.';
  const { subject, namespace, position } = second;
  return { subject, namespace, position, ok: false, problem: problem(second, { message, hint }) };
}

interface Surroundings {
  readonly repositories: ReadonlyMap<string, Held<RepositorySpec>>;
  readonly namespaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

function join(name: string, held: Held<ImagePolicySpec>, around: Surroundings): FoundPolicy {
  if (!held.ok) return { kind: 'fault', problem: held.problem };
  const { repository: wanted, policy, digests, suspended } = held.spec;
  const repositoryName = `${wanted.namespace ?? held.namespace ?? ''}/${wanted.name}`;
  const repository = inNamespace(around.repositories, repositoryName);
  if (repository === undefined) return unknownRepository(held, repositoryName, around);
  // Its own problem is reported once, whatever the number of policies.
  if (!repository.ok) return { kind: 'fault', problem: repository.problem };
  const { image, exclude, admits } = repository.spec;
  const foreign = wanted.namespace !== undefined && wanted.namespace !== held.namespace;
  if (foreign && !isAdmitted(held.namespace, admits, around)) {
    const message = `${held.subject}: ${repository.subject} does not admit policies of this namespace`;
    const hint = 'Add spec.accessFrom.namespaceSelectors to the ImageRepository, or keep both in one namespace.';
    return { kind: 'fault', problem: problem(held, { message, hint }) };
  }
  const paused = suspended ? `ImagePolicy ${name}` : `ImageRepository ${repositoryName}`;
  const isSuspended = suspended || repository.spec.suspended;
  return {
    kind: 'policy',
    policy: { name, image, policy, exclude, digests, suspended: isSuspended ? paused.replace(' /', ' ') : undefined },
  };
}

function unknownRepository(held: Held<ImagePolicySpec>, name: string, { repositories }: Surroundings): FoundPolicy {
  const shown = printable(name.replace(/^\//, ''));
  const message = `${held.subject} follows the ImageRepository ${shown}, which is not among the objects of the environment`;
  const known = [...repositories.keys()].map((key) => key.replace(/^\//, ''));
  const hint = suggestion(shown, known) ?? 'Add the path of its file to the environment.';
  return { kind: 'fault', problem: problem(held, { message, hint: printable(hint, { longest: 400 }) }) };
}

/** Where the labels of a namespace are not known, only a name that differs keeps it out. */
function isAdmitted(
  namespace: string | undefined,
  admits: RepositorySpec['admits'],
  { namespaces }: Surroundings,
): boolean {
  if (admits === undefined) return false;
  if (namespace === undefined) return true;
  const labels = namespaces.get(namespace);
  return admits.some((selector) =>
    [...selector].every(([key, value]) => {
      if (key === 'kubernetes.io/metadata.name') return value === namespace;
      return labels === undefined || labels.get(key) === value;
    }),
  );
}

function labelsOfNamespaces(objects: readonly ImageObject[]): Surroundings['namespaces'] {
  const namespaces = new Map<string, ReadonlyMap<string, string>>();
  for (const { document } of objects) {
    if (document.kind !== 'Namespace' || document.apiVersion !== 'v1') continue;
    const labels = valueAt(document.tree, document.root, ['metadata', 'labels']);
    const entries = isMap(labels) ? entriesOf(document.tree, labels) : [];
    const texts = entries.map(({ key, value }) => [key.text, isScalar(value) ? value.node.text : ''] as const);
    namespaces.set(document.name, new Map(texts));
  }
  return namespaces;
}

function inNamespace<T>(all: ReadonlyMap<string, T>, name: string): T | undefined {
  return all.get(name) ?? all.get(name.slice(name.indexOf('/')));
}

function problem(
  at: { readonly subject: string; readonly position: Position },
  { message, hint }: { readonly message: string; readonly hint: string | undefined },
): Problem {
  const { subject, position } = at;
  return { severity: 'error', code: 'IMAGE_POLICY_INVALID', message, position, subject, hint };
}
