/** Images in fields that the configuration names: of custom kinds, whose shape nobody else knows. */

import { printable } from '../../../base/printable.ts';
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { isSequence, itemsOf, type Reached, valueAt } from '../../manifests/yaml-tree.ts';
import { describeImage, hasVersion, type ImagePart } from './describe-image.ts';
import { readImageText } from './image-scalar.ts';
import type { ImageRole, WorkloadPolicies } from './image-use.ts';
import type { LocatedImages } from './located-images.ts';

export interface ImageFields {
  /** The name that tag filters and reports call the image by. */
  readonly container: string;
  /** Paths from the root of the object, keys and list indices joined by dots: `spec.engine.image`, `spec.jobs.0.image`. */
  readonly paths: Readonly<Partial<Record<'image' | 'registry' | 'repository' | 'tag' | 'digest', string>>>;
}

/**
 * The image whose parts stand at the paths; none where the field with its name or those with its version are missing, as
 * they may be in some objects of a kind. `policies`: what the annotations of the object say, as those of a workload do.
 */
export function locateFields(
  document: ManifestDocument,
  { fields, policies }: { readonly fields: ImageFields; readonly policies: WorkloadPolicies },
): LocatedImages {
  const parts: ImagePart[] = [];
  for (const role of ['image', 'repository', 'registry', 'tag', 'digest'] as const satisfies readonly ImageRole[]) {
    const path = fields.paths[role];
    if (path === undefined) continue;
    parts.push({ role, text: readImageText(document, role, fieldAt(document, path)) });
  }
  const main = parts.find(({ role }) => role === 'image' || role === 'repository');
  if (main === undefined || main.text.kind === 'absent') return { uses: [], problems: [] };
  const others = parts.filter((part) => part !== main);
  // Behind a name that stands apart a tag is not expected.
  if (main.role === 'repository' && !hasVersion({ main, others })) return { uses: [], problems: [] };
  const described = describeImage({ holder: document, policies, container: printable(fields.container), main, others });
  if (described.kind === 'use') return { uses: [described.use], problems: [] };
  return { uses: [], problems: [described.problem] };
}

function fieldAt(document: ManifestDocument, path: string): Reached | undefined {
  let reached: Reached | undefined = document.root;
  for (const segment of path.split('.')) {
    if (isSequence(reached))
      reached = /^[0-9]{1,6}$/.test(segment) ? itemsOf(document.tree, reached)[Number(segment)] : undefined;
    else reached = valueAt(document.tree, reached, [segment]);
  }
  return reached;
}
