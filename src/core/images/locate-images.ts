/** Where the images of an object stand. */
import type { Problem } from '../../base/errors.ts';
import type { ManifestDocument } from '../manifests/manifest-document.ts';
import { readPolicies } from './annotations.ts';
import type { ImageUse } from './image-use.ts';
import { locateHelmImages } from './locate-helm.ts';
import { locatePodImages, podSpecPath } from './locate-pods.ts';

export interface LocatedImages {
  readonly uses: readonly ImageUse[];
  /** Those of reading the annotations included. */
  readonly problems: readonly Problem[];
}

/**
 * The images of a workload (containers, init and ephemeral containers, image volumes) or of the values of a
 * HelmRelease; none for any other kind. Kinds are told by `kind` alone, whatever the apiVersion.
 */
export function locateImages(document: ManifestDocument): LocatedImages {
  const isHelmRelease = document.kind === 'HelmRelease' || document.kind === 'FluxHelmRelease';
  const path = isHelmRelease ? undefined : podSpecPath(document.kind);
  if (!isHelmRelease && path === undefined) return { uses: [], problems: [] };
  const { policies, problems } = readPolicies(document);
  const located =
    path === undefined ? locateHelmImages(document, policies) : locatePodImages(document, { policies, path });
  return { uses: located.uses, problems: [...problems, ...located.problems] };
}
