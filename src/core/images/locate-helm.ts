/**
 * Images in the values of a HelmRelease, of every generation.
 * Source: https://github.com/fluxcd/flux/blob/master/docs/references/helm-operator-integration.md
 */
import type { Problem } from '../../base/errors.ts';
import type { ManifestDocument } from '../manifests/manifest-document.ts';
import { printable } from '../manifests/printable.ts';
import { entriesOf, fieldOf, isMap, type MapNode, type Reached, valueAt } from '../manifests/yaml-tree.ts';
import { readAnnotations } from './annotations.ts';
import { describeImage, type ImagePart } from './describe-image.ts';
import { readImageText } from './image-scalar.ts';
import type { ImageRole, ImageUse, Placed, WorkloadPolicies } from './image-use.ts';
import type { LocatedUses } from './locate-pods.ts';

/** The name of the container whose image stands at the top of the values. */
const CHART_IMAGE = 'chart-image';

/**
 * Images at the top of `spec.values` (container `chart-image`), in each mapping directly below it (container: its key),
 * and where path annotations say (container: their alias, which overrules a found one of the same name).
 * `chart-image` comes first, the others by code points.
 */
export function locateHelmImages(document: ManifestDocument, policies: WorkloadPolicies): LocatedUses {
  const values = valueAt(document.tree, document.root, ['spec', 'values']);
  if (!isMap(values)) return { uses: [], problems: [] };
  const parts = new Map<string, readonly ImagePart[]>();
  addParts(parts, CHART_IMAGE, imageIn(document, values));
  for (const { key, value } of entriesOf(document.tree, values)) {
    if (isMap(value)) addParts(parts, key.text, imageIn(document, value));
  }
  const problems: Problem[] = [];
  for (const mapping of readMappings(document)) {
    const mapped = mappedImage(document, values, mapping);
    if (Array.isArray(mapped)) parts.set(mapping.alias, mapped);
    else problems.push(mapped as Problem);
  }
  const uses: ImageUse[] = [];
  for (const container of [...parts.keys()].sort(chartImageFirst)) {
    const [main, ...others] = parts.get(container) ?? [];
    if (main === undefined) continue;
    const described = describeImage({ document, policies, container, main, others });
    if (described.kind === 'use') uses.push(described.use);
    // Values are free: what is called `image` may be a picture. It matters only to a release that is automated.
    else if (policies.automated) problems.push(described.problem);
  }
  return { uses, problems };
}

function addParts(
  parts: Map<string, readonly ImagePart[]>,
  container: string,
  found: readonly ImagePart[] | undefined,
): void {
  if (found !== undefined && !parts.has(container)) parts.set(container, found);
}

/** `image: name` with its registry, tag and digest beside it, or `image:` as a mapping with a `repository`. */
function imageIn(document: ManifestDocument, holder: Reached<MapNode>): readonly ImagePart[] | undefined {
  const image = fieldOf(document.tree, holder, 'image');
  if (isMap(image) && fieldOf(document.tree, image, 'repository') !== undefined) {
    return partsOf(document, image, 'repository');
  }
  return partsOf(document, holder, 'image');
}

function partsOf(
  document: ManifestDocument,
  holder: Reached<MapNode>,
  main: 'image' | 'repository',
): readonly ImagePart[] | undefined {
  const part = (role: ImageRole): ImagePart => ({
    role,
    text: readImageText(document, role, fieldOf(document.tree, holder, role)),
  });
  const found = part(main);
  if (found.text.kind === 'absent') return undefined;
  // A word with a space in it is a caption, not an image.
  if (found.text.kind === 'text' && (found.text.text === '' || /\s/.test(found.text.text))) return undefined;
  return [found, part('registry'), part('tag'), part('digest')];
}

interface Mapping {
  readonly alias: string;
  readonly paths: ReadonlyMap<ImageRole, Placed<string>>;
}

const MAPPED_ROLES: readonly ImageRole[] = ['repository', 'registry', 'tag', 'digest'];

function readMappings(document: ManifestDocument): readonly Mapping[] {
  const aliases = new Map<string, Map<ImageRole, Placed<string>>>();
  for (const [key, value] of readAnnotations(document)) {
    for (const role of MAPPED_ROLES) {
      const prefix = `${role}.fluxcd.io/`;
      if (!key.startsWith(prefix)) continue;
      const alias = key.slice(prefix.length);
      const paths = aliases.get(alias) ?? new Map<ImageRole, Placed<string>>();
      aliases.set(alias, paths.set(role, value));
    }
  }
  return [...aliases].map(([alias, paths]) => ({ alias, paths }));
}

/** The parts that the annotations of one alias name, or the problem with them. */
function mappedImage(
  document: ManifestDocument,
  values: Reached<MapNode>,
  { alias, paths }: Mapping,
): readonly ImagePart[] | Problem {
  const anywhere = [...paths.values()][0]?.position;
  const fail = (clause: string, position = anywhere): Problem => ({
    severity: 'warning',
    code: 'IMAGE_PATH_INVALID',
    message: `${document.subject} ${printable(alias)}: ${clause}`,
    position,
    subject: document.subject,
    hint: `Write repository.fluxcd.io/${printable(alias)} with a path below spec.values, such as app.image.`,
  });
  if (!paths.has('repository')) return fail('path annotations without the one for the repository do not count');
  const parts: ImagePart[] = [];
  for (const role of MAPPED_ROLES) {
    const path = paths.get(role);
    if (path === undefined) continue;
    const text = readImageText(document, role, valueAt(document.tree, values, path.value.split('.')));
    if (text.kind === 'absent') return fail(`${printable(path.value)} holds no text in spec.values`, path.position);
    parts.push({ role, text });
  }
  return parts;
}

function chartImageFirst(a: string, b: string): number {
  if (a === CHART_IMAGE || b === CHART_IMAGE) return a === b ? 0 : a === CHART_IMAGE ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
