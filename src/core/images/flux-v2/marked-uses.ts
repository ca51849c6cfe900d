/** The images that the markers of a file make, in the place of those that were found in the same values. */
import type { Problem } from '../../../base/errors.ts';
import { suggestion } from '../../../base/nearest.ts';
import { printable } from '../../../base/printable.ts';
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import type { SourceText } from '../../manifests/source-text.ts';
import { readPolicies } from '../locate/annotations.ts';
import { NO_POLICIES } from '../locate/image-holder.ts';
import type { ImageUse, WorkloadPolicies } from '../locate/image-use.ts';
import { groupMarkers, type MarkerGroup } from './group-markers.ts';
import type { FoundPolicy, ImagePolicies } from './image-policies.ts';
import { describeMarked } from './marked-image.ts';
import type { ImageMarker } from './read-markers.ts';

export interface MarkedInput {
  readonly source: SourceText;
  /** The objects of the file. */
  readonly documents: readonly ManifestDocument[];
  readonly located: readonly ImageUse[];
  readonly markers: readonly ImageMarker[];
  readonly policies: Pick<ImagePolicies, 'find' | 'names'>;
  /** Of what stands in no object: `Kustomization/apps/kustomization.yaml`. */
  readonly subject: string;
}

export interface MarkedUses {
  /** Located and marked ones in the order of the text. */
  readonly uses: readonly ImageUse[];
  readonly problems: readonly Problem[];
}

/** Each marked value belongs to one image, that of its marker. A marker that can follow no policy is an error, at it or at the policy. */
export function markedUses(input: MarkedInput): MarkedUses {
  const starts = new Set(input.markers.map(({ value }) => value.node.start));
  const replaced = new Map<number, ImageUse>();
  const kept: ImageUse[] = [];
  for (const use of input.located) {
    const marked = use.fields.filter(({ span }) => starts.has(span.start));
    for (const { span } of marked) replaced.set(span.start, use);
    if (marked.length === 0) kept.push(use);
  }
  const problems: Problem[] = [];
  const making = { input, replaced, problems, objectAround: objectFinder(input.documents) };
  const made = groupMarkers(input.markers).map((group) => toUse(group, making));
  return { uses: [...kept, ...made].sort(byPlace), problems: [...new Set(problems)] };
}

/** Unknown names of one file that are compared with the known ones. */
const MOST_COMPARED = 20;

interface Making {
  readonly input: MarkedInput;
  readonly replaced: ReadonlyMap<number, ImageUse>;
  readonly problems: Problem[];
  readonly objectAround: (offset: number) => ManifestDocument | undefined;
}

function toUse(group: MarkerGroup, { input, replaced, problems, objectAround }: Making): ImageUse {
  const { source, policies } = input;
  const [first] = group;
  const found = policies.find(first.policy);
  if (found?.kind === 'fault') problems.push(found.problem);
  if (found === undefined) problems.push(unknownPolicy(first, problems.length < MOST_COMPARED ? policies.names : []));
  const located = group.map(({ value }) => replaced.get(value.node.start)).find((use) => use !== undefined);
  const object = objectAround(first.value.node.start);
  return describeMarked({
    source,
    group,
    located,
    follows: followsOf(first, found),
    subject: object?.subject ?? input.subject,
    policies: located?.policies ?? policiesOf(object, problems),
  });
}

function followsOf({ policy }: ImageMarker, found: FoundPolicy | undefined) {
  if (found === undefined) return { fault: `there is no ImagePolicy ${policy}` };
  return found.kind === 'policy' ? found.policy : { fault: found.reason ?? found.problem.message };
}

function policiesOf(object: ManifestDocument | undefined, problems: Problem[]): WorkloadPolicies {
  if (object === undefined) return NO_POLICIES;
  const read = readPolicies(object);
  problems.push(...read.problems);
  return read.policies;
}

/** Finds the object that a place in the text belongs to; objects do not contain each other. */
function objectFinder(documents: readonly ManifestDocument[]): (offset: number) => ManifestDocument | undefined {
  const sorted = documents.toSorted((a, b) => a.root.node.start - b.root.node.start);
  return (offset) => {
    let low = 0;
    let high = sorted.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((sorted[middle] as ManifestDocument).root.node.start <= offset) low = middle;
      else high = middle - 1;
    }
    const found = sorted[low];
    const within = found !== undefined && found.root.node.start <= offset && offset <= found.root.node.end;
    return within ? found : undefined;
  };
}

function byPlace(a: ImageUse, b: ImageUse): number {
  return a.position.line - b.position.line || a.position.col - b.position.col;
}

function unknownPolicy({ policy, position }: ImageMarker, names: readonly string[]): Problem {
  const known = names.map((name) => name.replace(/^\//, ''));
  const hint = suggestion(policy, known) ?? 'Add the path of its file to the environment.';
  return {
    severity: 'error',
    code: 'IMAGE_POLICY_UNKNOWN',
    message: `there is no ImagePolicy ${policy} among the objects of the environment`,
    position,
    subject: `ImagePolicy/${policy}`,
    hint: printable(hint, { longest: 400 }),
  };
}
