/**
 * Images in the values of a HelmRelease, of every generation.
 * Source: https://github.com/fluxcd/flux/blob/master/docs/references/helm-operator-integration.md
 */
import type { Problem } from '../../../base/errors.ts';
import { printable } from '../../../base/printable.ts';
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { createValueFinder, isMap, type Reached, valueAt } from '../../manifests/yaml-tree.ts';
import { readAnnotations } from './annotations.ts';
import { describeImage, type ImagePart } from './describe-image.ts';
import { readImageText } from './image-scalar.ts';
import type { ImageRole, ImageUse, Placed, WorkloadPolicies } from './image-use.ts';
import { inOrder, partsInValues } from './locate-values.ts';
import type { LocatedImages } from './located-images.ts';

/**
 * Images at the top of `spec.values` (container `chart-image`), in each mapping directly below it (container: its key),
 * and where path annotations say (container: their alias, which overrules a found one of the same name).
 * `chart-image` comes first, the others by code points.
 */
export function locateHelmImages(document: ManifestDocument, policies: WorkloadPolicies): LocatedImages {
  const values = valueAt(document.tree, document.root, ['spec', 'values']);
  if (!isMap(values)) return { uses: [], problems: [] };
  const parts = partsInValues(document, values);
  const problems: Problem[] = [];
  const mapped = new Set<string>();
  const find = createValueFinder(document.tree);
  const findValue: FindValue = (path) => find(values, path.split('.'));
  for (const mapping of readMappings(document)) {
    const found = mappedImage(document, findValue, mapping);
    if (found.kind === 'problem') problems.push(found.problem);
    else {
      parts.set(mapping.alias, found.parts);
      mapped.add(mapping.alias);
    }
  }
  const uses: ImageUse[] = [];
  for (const [container, [main, ...others]] of inOrder(parts)) {
    if (main === undefined) continue;
    const described = describeImage({ holder: document, policies, container, main, others });
    if (described.kind === 'use') uses.push(described.use);
    // Values are free: what is called `image` may be a picture. It matters only where somebody says that it is none.
    else if (policies.automated === true || mapped.has(container)) problems.push(described.problem);
  }
  return { uses, problems };
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

/** The value at a path below `spec.values`. */
type FindValue = (path: string) => Reached | undefined;

type MappedImage =
  | { readonly kind: 'parts'; readonly parts: readonly ImagePart[] }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** The parts that the annotations of one alias name, or the problem with them. */
function mappedImage(document: ManifestDocument, findValue: FindValue, { alias, paths }: Mapping): MappedImage {
  const anywhere = [...paths.values()][0]?.position;
  const fail = (clause: string, position = anywhere): MappedImage => ({
    kind: 'problem',
    problem: {
      severity: 'warning',
      code: 'IMAGE_PATH_INVALID',
      message: `${document.subject} ${printable(alias)}: ${clause}`,
      position,
      subject: document.subject,
      hint: `Write repository.fluxcd.io/${printable(alias)} with a path below spec.values, such as app.image.`,
    },
  });
  if (!paths.has('repository')) return fail('path annotations without the one for the repository do not count');
  const parts: ImagePart[] = [];
  for (const role of MAPPED_ROLES) {
    const path = paths.get(role);
    if (path === undefined) continue;
    const text = readImageText(document, role, findValue(path.value));
    if (text.kind === 'absent') return fail(`${printable(path.value)} holds no text in spec.values`, path.position);
    parts.push({ role, text });
  }
  return { kind: 'parts', parts };
}
