/** The images of a file whose comments name image policies. */
import type { Position } from '../../../base/errors.ts';
import { objectsIn } from '../../manifests/parse.ts';
import { readTrees } from '../../manifests/read-trees.ts';
import type { SourceFile } from '../../manifests/source-file.ts';
import { readSourceText } from '../../manifests/source-text.ts';
import type { LocatedImages } from '../locate/located-images.ts';
import type { ImagePolicies } from './image-policies.ts';
import { markedUses } from './marked-uses.ts';
import { readMarkers } from './read-markers.ts';

export interface MarkFileInput {
  readonly file: SourceFile;
  /** What images that stand in no object are called after: `Kustomization/apps/kustomization.yaml`. */
  readonly subject: string;
  /** Found in the file without regard to markers. */
  readonly located: LocatedImages;
  readonly policies: Pick<ImagePolicies, 'find' | 'names'>;
}

/** The located images, those in marked values replaced. Of a file that cannot be read, who located images has spoken. */
export function markFile({ file, subject, located, policies }: MarkFileInput): LocatedImages {
  const read = readSourceText(file);
  const composed = read.ok ? readTrees(read.source) : undefined;
  if (!read.ok || composed?.ok !== true) return located;
  const { source } = read;
  const { markers, problems } = readMarkers(source, composed.trees);
  const { documents } = objectsIn(source, composed.trees);
  const marked = markedUses({ source, documents, located: located.uses, markers, policies, subject });
  // What is wrong with a marked value is for its marker to say: an invalid digest, say, is replaced.
  const places = new Set(marked.uses.flatMap((use) => (use.mark === undefined ? [] : [keyOf(use.position)])));
  const others = located.problems.filter(
    ({ code, position }) => code !== 'IMAGE_INVALID' || !places.has(keyOf(position)),
  );
  return { uses: marked.uses, problems: [...others, ...problems, ...marked.problems] };
}

function keyOf(position: Position | undefined): string {
  return `${position?.line}:${position?.col}`;
}
