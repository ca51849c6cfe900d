/** The image policies of environments: of their files, and of what their kustomizations make. */
import { type Position, type Problem, toProblem } from '../../base/errors.ts';
import { type ImageObject, type ImagePolicies, joinImagePolicies } from '../../core/images/flux-v2/image-policies.ts';
import { mentionsMarkers } from '../../core/images/flux-v2/read-markers.ts';
import { sharedPolicies } from '../../core/images/flux-v2/shared-policies.ts';
import { isBelow, type KustomizationRoot, kustomizationRoots } from '../../core/manifests/kustomization-roots.ts';
import type { ManifestDocument } from '../../core/manifests/manifest-document.ts';
import { parseManifests } from '../../core/manifests/parse.ts';
import type { SourceFile } from '../../core/manifests/source-file.ts';
import type { RunEvent } from '../../host/event.ts';
import type { KustomizeBuild } from '../adapters/kustomize.ts';
import type { Snapshot } from '../adapters/repository.ts';
import type { Deps } from '../deps.ts';
import type { EnvironmentSources } from '../generated/environment-sources.ts';

/** What the markers of a file can follow; undefined for what is no file of the tree. */
export type PoliciesFor = (path: string) => Pick<ImagePolicies, 'find' | 'names'> | undefined;

export interface LoadedPolicies {
  readonly policiesFor: PoliciesFor;
  readonly problems: readonly Problem[];
}

export interface PoliciesInput {
  /** Of one tree. */
  readonly sources: readonly EnvironmentSources[];
  readonly event: Pick<RunEvent, 'fromFork'>;
}

type PolicyDeps = Pick<Deps, 'kustomize' | 'signal'>;

/**
 * Looks for policies where a file of an environment has a marker, and builds nothing otherwise. For a fork's code nothing
 * is built either: its kustomizations could fetch whatever they name.
 */
export async function loadImagePolicies(given: PoliciesInput, deps: PolicyDeps): Promise<LoadedPolicies> {
  const marked = given.sources.filter((entry) => filesOf(entry).some(({ bytes }) => mentionsMarkers(bytes)));
  const builds = given.event.fromFork ? undefined : await buildAll(marked, deps);
  const loaded = marked.map((entry) => policiesOf(entry, builds));
  return {
    policiesFor: sharedPolicies(
      loaded.map(({ entry, policies }) => ({
        name: entry.environment.name,
        paths: new Set(filesOf(entry).map(({ path }) => path)),
        policies,
      })),
    ),
    problems: [...new Set(loaded.flatMap(({ problems }) => problems))],
  };
}

/** Files of the tree, each once. */
function filesOf(sources: EnvironmentSources): readonly SourceFile[] {
  const files = new Map(sources.files.map((file) => [file.path, file]));
  for (const { file } of sources.imageFiles) files.set(file.path, file);
  return [...files.values()];
}

/** By directory. */
type Builds = ReadonlyMap<string, KustomizeBuild>;

/** Every directory once, although environments may share some. */
async function buildAll(marked: readonly EnvironmentSources[], deps: PolicyDeps): Promise<Builds> {
  const [first] = marked;
  const directories = [...new Set(marked.flatMap((entry) => rootsOf(entry).map(({ directory }) => directory)))];
  if (first === undefined || directories.length === 0) return new Map();
  const builds = await buildTree(first.tree, directories, deps);
  return new Map(builds.map((build) => [build.directory, build]));
}

async function buildTree(
  tree: Snapshot,
  directories: readonly string[],
  deps: PolicyDeps,
): Promise<readonly KustomizeBuild[]> {
  try {
    return await deps.kustomize.build({ tree, directories }, deps.signal);
  } catch (error) {
    deps.signal.throwIfAborted();
    // The tree cannot be copied: that is one problem, whatever the number of directories.
    const problem = toProblem(error);
    return directories.map((directory) => ({ kind: 'failed', directory, problem }));
  }
}

function rootsOf(entry: EnvironmentSources): readonly KustomizationRoot[] {
  const { environment, tree } = entry;
  const components = new Set(
    filesOf(entry)
      .filter(isComponent)
      .map(({ path }) => path),
  );
  const paths = environment.paths.map(({ value }) => value);
  return kustomizationRoots(tree.entries, paths).filter(({ file }) => !components.has(file));
}

/** A component is built with who includes it, never by itself. */
function isComponent({ bytes }: SourceFile): boolean {
  return /^kind:[ \t]*["']?Component\b/m.test(new TextDecoder().decode(bytes.subarray(0, 16_384)));
}

interface Loaded {
  readonly entry: EnvironmentSources;
  readonly policies: Pick<ImagePolicies, 'find' | 'names'>;
  readonly problems: readonly Problem[];
}

const NOT_BUILT = 'no policy is known, since a kustomization of the environment cannot be built';

function policiesOf(entry: EnvironmentSources, builds: Builds | undefined): Loaded {
  const roots = rootsOf(entry);
  if (builds === undefined) {
    const policies = joinImagePolicies(filesOf(entry).flatMap(objectsOfFile));
    const warnings = roots.length === 0 ? [] : [notBuilt(entry, roots)];
    return { entry, policies, problems: [...policies.problems, ...warnings] };
  }
  const made = roots.map((root) => ({ root, build: builds.get(root.directory) }));
  const failures = made.flatMap(({ build }) => (build?.kind === 'failed' ? [build.problem] : []));
  const [failure] = failures;
  // What a build would have said of any policy, nobody knows.
  if (failure !== undefined) {
    return {
      entry,
      policies: { find: () => ({ kind: 'fault', problem: failure, reason: NOT_BUILT }), names: [] },
      problems: failures,
    };
  }
  const apart = filesOf(entry).filter(({ path }) => !roots.some(({ directory }) => isBelow(path, directory)));
  const placeOf = placesIn(entry);
  const built = made.flatMap(({ root, build }) =>
    build?.kind === 'built' ? objectsOfBuild(root, build.bytes, placeOf) : [],
  );
  const policies = joinImagePolicies([...apart.flatMap(objectsOfFile), ...built]);
  return { entry, policies, problems: policies.problems };
}

const NEEDLES = ['image.toolkit.fluxcd.io/', 'Namespace'];

function objectsOfFile(file: SourceFile): ImageObject[] {
  if (!NEEDLES.some((needle) => textOf(file).includes(needle))) return [];
  return parseManifests(file).documents.map((document) => ({ document }));
}

function textOf({ bytes }: Pick<SourceFile, 'bytes'>): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

type PlaceOf = (document: ManifestDocument) => Position | undefined;

/** Messages name the place where the object is written, or else the kustomization: the build itself is no file. */
function objectsOfBuild({ file }: KustomizationRoot, bytes: Uint8Array, placeOf: PlaceOf): ImageObject[] {
  // kustomize indents all text of a document: this is where the next one begins. Most are large and of no interest.
  const documents = textOf({ bytes })
    .toString()
    .split(/^---\n/m);
  return documents
    .filter((text) => NEEDLES.some((needle) => text.includes(needle)))
    .flatMap((text) => parseManifests({ path: file, bytes: Buffer.from(text) }).documents)
    .map((document) => ({ document, position: placeOf(document) ?? { file, line: 1, col: 1 } }));
}

function placesIn(entry: EnvironmentSources): PlaceOf {
  const written = filesOf(entry).flatMap(objectsOfFile);
  const places = new Map(written.map(({ document }) => [keyOf(document), document.namePosition]));
  return (document) => places.get(keyOf(document));
}

function keyOf({ kind, name }: ManifestDocument): string {
  return `${kind}/${name}`;
}

function notBuilt({ environment }: EnvironmentSources, roots: readonly KustomizationRoot[]): Problem {
  const [first] = roots;
  const more = roots.length > 1 ? ` and ${roots.length - 1} more` : '';
  return {
    severity: 'warning',
    code: 'KUSTOMIZE_NOT_RUN',
    message: `${environment.name}: ${first?.file ?? ''}${more} is not built for a fork's code; image policies are read as their files have them`,
    subject: environment.name,
    hint: 'What patches change in policies shows when the branch is merged.',
  };
}
