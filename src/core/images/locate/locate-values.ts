/** Images in Helm values: those of a HelmRelease, of an Argo CD application, or of a values file. */

import { parseLoose } from '../../manifests/parse.ts';
import type { SourceFile } from '../../manifests/source-file.ts';
import { entriesOf, fieldOf, isMap, type MapNode, type Reached } from '../../manifests/yaml-tree.ts';
import { describeImage, hasVersion, type ImagePart } from './describe-image.ts';
import { type ImageHolder, NO_POLICIES } from './image-holder.ts';
import { readImageText } from './image-scalar.ts';
import type { ImageRole, ImageUse } from './image-use.ts';
import type { LocatedImages } from './located-images.ts';

/** The name of the container whose image stands at the top of the values. */
export const CHART_IMAGE = 'chart-image';

/** Parts of images by the names of their containers. */
export type PartsByContainer = Map<string, readonly ImagePart[]>;

/**
 * Images of a Helm values file named in the configuration, in mappings of any depth: container `chart-image` at the top,
 * else the path of the mapping (`backend.db`). Subject: `Values/<path of the file>`. What is no image is passed over, and
 * so is a repository without a place for its version.
 */
export function locateValuesImages(file: SourceFile): LocatedImages {
  const { documents, problems } = parseLoose(file, 'Values');
  const uses: ImageUse[] = [];
  for (const holder of documents) {
    const parts: PartsByContainer = new Map();
    collectDeep({ holder, parts, visited: new Set(), into: holder.root, path: [] });
    for (const [container, [main, ...others]] of inOrder(parts)) {
      if (main === undefined) continue;
      // The chart has the version then, and puts it behind the repository: a tag there would be one too many.
      if (main.role === 'repository' && !hasVersion({ main, others })) continue;
      const described = describeImage({ holder, policies: NO_POLICIES, container, main, others });
      if (described.kind === 'use') uses.push(described.use);
    }
  }
  return { uses, problems };
}

/** Images at the top of `values` and in each mapping directly below it, as Flux v1 looked for them. */
export function partsInValues(holder: ImageHolder, values: Reached<MapNode>): PartsByContainer {
  const parts: PartsByContainer = new Map();
  addImage(parts, CHART_IMAGE, imageIn(holder, values));
  for (const { key, value } of entriesOf(holder.tree, values)) {
    if (isMap(value)) addImage(parts, key.text, imageIn(holder, value));
  }
  return parts;
}

/** `chart-image` first, the others by code points. */
export function inOrder<T>(parts: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...parts].sort(([a], [b]) => {
    if (a === b) return 0;
    if (a === CHART_IMAGE || b === CHART_IMAGE) return a === CHART_IMAGE ? -1 : 1;
    return a < b ? -1 : 1;
  });
}

interface DeepSearch {
  readonly holder: ImageHolder;
  readonly parts: PartsByContainer;
  /** A mapping that aliases repeat is looked at once. */
  readonly visited: Set<MapNode>;
  readonly into: Reached<MapNode>;
  readonly path: readonly string[];
}

function collectDeep({ holder, parts, visited, into, path }: DeepSearch): void {
  if (visited.has(into.node)) return;
  visited.add(into.node);
  addImage(parts, path.length === 0 ? CHART_IMAGE : path.join('.'), imageIn(holder, into));
  for (const { key, value } of entriesOf(holder.tree, into)) {
    // The mapping below `image` is the image itself.
    if (!isMap(value) || (key.text === 'image' && isImageMapping(holder, value))) continue;
    collectDeep({ holder, parts, visited, into: value, path: [...path, key.text] });
  }
}

function addImage(parts: PartsByContainer, container: string, found: readonly ImagePart[] | undefined): void {
  if (found !== undefined && !parts.has(container)) parts.set(container, found);
}

/** `image: name` with its registry, tag and digest beside it, or `image:` as a mapping with a `repository`. */
function imageIn(holder: ImageHolder, within: Reached<MapNode>): readonly ImagePart[] | undefined {
  const image = fieldOf(holder.tree, within, 'image');
  if (isMap(image) && isImageMapping(holder, image)) return partsOf(holder, image, 'repository');
  return partsOf(holder, within, 'image');
}

function isImageMapping(holder: ImageHolder, image: Reached<MapNode>): boolean {
  return fieldOf(holder.tree, image, 'repository') !== undefined;
}

function partsOf(
  holder: ImageHolder,
  within: Reached<MapNode>,
  main: 'image' | 'repository',
): readonly ImagePart[] | undefined {
  const part = (role: ImageRole): ImagePart => ({
    role,
    text: readImageText(holder, role, fieldOf(holder.tree, within, role)),
  });
  const found = part(main);
  if (found.text.kind === 'absent') return undefined;
  // A word with a space in it is a caption, not an image.
  if (found.text.kind === 'text' && (found.text.text === '' || /\s/.test(found.text.text))) return undefined;
  return [found, part('registry'), part('tag'), part('digest')];
}
