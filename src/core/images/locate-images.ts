/** Where the images of an object stand. */
import type { ManifestDocument } from '../manifests/manifest-document.ts';
import { readPolicies } from './annotations.ts';
import type { WorkloadPolicies } from './image-use.ts';
import { locateArgoImages } from './locate-argo.ts';
import { locateHelmImages } from './locate-helm.ts';
import { locatePodImages, podSpecPath } from './locate-pods.ts';
import type { LocatedImages } from './located-images.ts';

/**
 * The images of a workload (containers, init and ephemeral containers, image volumes), of the values of a HelmRelease,
 * or of the Helm parameters of an Argo CD application; none for any other kind. Built-in kinds and HelmReleases are
 * told by `kind` alone, whatever the apiVersion. Problems of reading the annotations are included.
 */
export function locateImages(document: ManifestDocument): LocatedImages {
  const search = searchFor(document);
  if (search === undefined) return { uses: [], problems: [] };
  const { policies, problems } = readPolicies(document);
  const located = search(policies);
  return { uses: located.uses, problems: [...problems, ...located.problems] };
}

function searchFor(document: ManifestDocument): ((policies: WorkloadPolicies) => LocatedImages) | undefined {
  const { kind, apiVersion } = document;
  const path = podSpecPath(kind);
  if (path !== undefined) return (policies) => locatePodImages(document, { policies, path });
  if (kind === 'HelmRelease' || kind === 'FluxHelmRelease') return (policies) => locateHelmImages(document, policies);
  const isArgo = kind === 'Application' && apiVersion.startsWith('argoproj.io/');
  return isArgo ? (policies) => locateArgoImages(document, policies) : undefined;
}
