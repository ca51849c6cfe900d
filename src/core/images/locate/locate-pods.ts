/** Images of pod specs: containers, init containers, ephemeral containers, image volumes. */
import type { Problem } from '../../../base/errors.ts';
import { printable } from '../../../base/printable.ts';
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { fieldOf, isMap, isScalar, isSequence, itemsOf, type Reached, valueAt } from '../../manifests/yaml-tree.ts';
import { describeImage } from './describe-image.ts';
import { readImageText } from './image-scalar.ts';
import type { ImageUse, WorkloadPolicies } from './image-use.ts';
import type { LocatedImages } from './located-images.ts';

const TEMPLATE = ['spec', 'template', 'spec'];

const POD_SPECS: ReadonlyMap<string, readonly string[]> = new Map([
  ['CronJob', ['spec', 'jobTemplate', ...TEMPLATE]],
  ['DaemonSet', TEMPLATE],
  ['Deployment', TEMPLATE],
  ['Job', TEMPLATE],
  ['Pod', ['spec']],
  ['PodTemplate', ['template', 'spec']],
  ['ReplicaSet', TEMPLATE],
  ['ReplicationController', TEMPLATE],
  ['StatefulSet', TEMPLATE],
]);

/** Lists of a pod spec that hold images, and the path of the image within an item. */
const IMAGE_LISTS: readonly { readonly list: string; readonly image: readonly string[] }[] = [
  { list: 'containers', image: ['image'] },
  { list: 'initContainers', image: ['image'] },
  { list: 'ephemeralContainers', image: ['image'] },
  { list: 'volumes', image: ['image', 'reference'] },
];

/** Where a built-in kind keeps its pod spec; undefined for every other kind. */
export function podSpecPath(kind: string): readonly string[] | undefined {
  return POD_SPECS.get(kind);
}

/** The images of the pod spec at `path`, containers first, in the order written. */
export function locatePodImages(
  document: ManifestDocument,
  { policies, path }: { readonly policies: WorkloadPolicies; readonly path: readonly string[] },
): LocatedImages {
  const { tree } = document;
  const podSpec = valueAt(tree, document.root, path);
  const uses: ImageUse[] = [];
  const problems: Problem[] = [];
  for (const { list, image } of IMAGE_LISTS) {
    const items = valueAt(tree, podSpec, [list]);
    if (!isSequence(items)) continue;
    for (const item of itemsOf(tree, items)) {
      const main = readImageText(document, 'image', valueAt(tree, item, image));
      if (main.kind === 'absent') continue;
      const container = containerName(document, item);
      const use = describeImage({ holder: document, policies, container, main: { role: 'image', text: main } });
      if (use.kind === 'use') uses.push(use.use);
      else problems.push(use.problem);
    }
  }
  return { uses, problems };
}

function containerName(document: ManifestDocument, item: Reached): string {
  const name = isMap(item) ? fieldOf(document.tree, item, 'name') : undefined;
  return isScalar(name) ? printable(name.node.text) : '';
}
