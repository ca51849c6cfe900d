/**
 * Images in the Helm parameters and values of an Argo CD application.
 * Source: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-parameters
 */
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { fieldOf, isMap, isScalar, isSequence, itemsOf, type Reached, valueAt } from '../../manifests/yaml-tree.ts';
import { describeImage, type ImagePart } from './describe-image.ts';
import { readImageText } from './image-scalar.ts';
import type { ImageRole, ImageUse, WorkloadPolicies } from './image-use.ts';
import { CHART_IMAGE, inOrder, type PartsByContainer, partsInValues } from './locate-values.ts';
import type { LocatedImages } from './located-images.ts';

const ROLES: ReadonlySet<string> = new Set<ImageRole>(['image', 'registry', 'repository', 'tag', 'digest']);

/**
 * Parameters whose names end in `image`, `registry`, `repository`, `tag` or `digest` make up an image with those that
 * begin alike: `db.image.repository` and `db.image.tag` are container `db`, names without more are `chart-image`.
 * `valuesObject` is read as the values of a HelmRelease are. A tag whose image no parameter names is passed over.
 */
export function locateArgoImages(document: ManifestDocument, policies: WorkloadPolicies): LocatedImages {
  const parts: PartsByContainer = new Map();
  for (const helm of helmSources(document)) {
    const values = isMap(helm) ? fieldOf(document.tree, helm, 'valuesObject') : undefined;
    if (isMap(values)) for (const [container, found] of partsInValues(document, values)) parts.set(container, found);
    for (const [container, found] of parameterParts(document, helm)) parts.set(container, found);
  }
  const uses: ImageUse[] = [];
  for (const [container, [main, ...others]] of inOrder(parts)) {
    if (main === undefined) continue;
    const described = describeImage({ holder: document, policies, container, main, others });
    // A parameter called `image` may be anything: what is no image is passed over.
    if (described.kind === 'use') uses.push(described.use);
  }
  return { uses, problems: [] };
}

/** `helm` of the one source, or of each of several. */
function helmSources(document: ManifestDocument): readonly Reached[] {
  const { tree, root } = document;
  const several = valueAt(tree, root, ['spec', 'sources']);
  const sources = isSequence(several) ? itemsOf(tree, several) : [valueAt(tree, root, ['spec', 'source'])];
  return sources.flatMap((source) => valueAt(tree, source, ['helm']) ?? []);
}

function parameterParts(document: ManifestDocument, helm: Reached): PartsByContainer {
  const { tree } = document;
  const groups = new Map<string, ImagePart[]>();
  const parameters = valueAt(tree, helm, ['parameters']);
  for (const parameter of isSequence(parameters) ? itemsOf(tree, parameters) : []) {
    const name = valueAt(tree, parameter, ['name']);
    if (!isScalar(name)) continue;
    const dot = name.node.text.lastIndexOf('.');
    const role = name.node.text.slice(dot + 1);
    if (!ROLES.has(role)) continue;
    const text = readImageText(document, role as ImageRole, valueAt(tree, parameter, ['value']));
    const prefix = dot === -1 ? '' : name.node.text.slice(0, dot);
    groups.set(prefix, [...(groups.get(prefix) ?? []), { role: role as ImageRole, text }]);
  }
  const parts: PartsByContainer = new Map();
  for (const [prefix, group] of groups) {
    const main = group.find(({ role, text }) => (role === 'image' || role === 'repository') && text.kind !== 'absent');
    const container = prefix.replace(/(?:^|\.)image$/, '') || CHART_IMAGE;
    if (main !== undefined) parts.set(container, [main, ...group.filter((part) => part !== main)]);
  }
  return parts;
}
