/**
 * Images in the `images` of a kustomization.
 * Source: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
 */
import type { Problem } from '../../../base/errors.ts';
import { parseLoose } from '../../manifests/parse.ts';
import type { SourceFile } from '../../manifests/source-file.ts';
import { isScalar, isSequence, itemsOf, type Reached, valueAt } from '../../manifests/yaml-tree.ts';
import { describeImage } from './describe-image.ts';
import { type ImageHolder, NO_POLICIES } from './image-holder.ts';
import { readImageText } from './image-scalar.ts';
import type { ImageRole, ImageUse } from './image-use.ts';
import type { LocatedImages } from './located-images.ts';

/**
 * The entries that set a tag or a digest: the image is `newName`, else `name`; the container is `name`. Subject:
 * `Kustomization/<path of the file>`. Other entries only rename and are passed over.
 */
export function locateKustomizationImages(file: SourceFile): LocatedImages {
  const { documents, problems: unreadable } = parseLoose(file, 'Kustomization');
  const uses: ImageUse[] = [];
  const problems: Problem[] = [...unreadable];
  for (const holder of documents) {
    const images = valueAt(holder.tree, holder.root, ['images']);
    for (const item of isSequence(images) ? itemsOf(holder.tree, images) : []) {
      const described = describeEntry(holder, item);
      if (described?.kind === 'use') uses.push(described.use);
      if (described?.kind === 'problem') problems.push(described.problem);
    }
  }
  return { uses, problems };
}

function describeEntry(holder: ImageHolder, item: Reached) {
  const read = (role: ImageRole, key: string) => readImageText(holder, role, valueAt(holder.tree, item, [key]));
  const name = valueAt(holder.tree, item, ['name']);
  const tag = read('tag', 'newTag');
  const digest = read('digest', 'digest');
  if (!isScalar(name) || (tag.kind === 'absent' && digest.kind === 'absent')) return undefined;
  const newName = read('name', 'newName');
  return describeImage({
    holder,
    policies: NO_POLICIES,
    container: name.node.text,
    main: { role: 'name', text: newName.kind === 'absent' ? read('name', 'name') : newName },
    others: [
      { role: 'tag', text: tag },
      { role: 'digest', text: digest },
    ],
  });
}
