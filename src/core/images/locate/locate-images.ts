/** Where the images of an object stand. */
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { readPolicies } from './annotations.ts';
import { concerns, type FieldRule } from './field-rule.ts';
import type { WorkloadPolicies } from './image-use.ts';
import { locateArgoImages } from './locate-argo.ts';
import { locateFields } from './locate-fields.ts';
import { locateHelmImages } from './locate-helm.ts';
import { locatePodImages, podSpecPath } from './locate-pods.ts';
import type { LocatedImages } from './located-images.ts';

/**
 * The images of a workload (containers, init and ephemeral containers, image volumes), of the values of a HelmRelease,
 * or of the Helm parameters of an Argo CD application; none for any other kind. Built-in kinds and HelmReleases are
 * told by `kind` alone, whatever the apiVersion. `rules` name the fields of any other kind, or further ones of these.
 * Problems of reading the annotations are included.
 */
export function locateImages(document: ManifestDocument, rules: readonly FieldRule[] = []): LocatedImages {
  const searches = searchesFor(document, rules);
  if (searches.length === 0) return { uses: [], problems: [] };
  const { policies, problems } = readPolicies(document);
  const located = searches.map((search) => search(policies));
  return {
    uses: located.flatMap(({ uses }) => uses),
    problems: [...problems, ...located.flatMap((entry) => entry.problems)],
  };
}

type Search = (policies: WorkloadPolicies) => LocatedImages;

function searchesFor(document: ManifestDocument, rules: readonly FieldRule[]): Search[] {
  const named = rules
    .filter((rule) => concerns(rule, document))
    .map(
      ({ fields }): Search =>
        (policies) =>
          locateFields(document, { fields, policies }),
    );
  const own = ownSearch(document);
  return own === undefined ? named : [own, ...named];
}

function ownSearch(document: ManifestDocument): Search | undefined {
  const { kind, apiVersion } = document;
  const path = podSpecPath(kind);
  if (path !== undefined) return (policies) => locatePodImages(document, { policies, path });
  if (kind === 'HelmRelease' || kind === 'FluxHelmRelease') return (policies) => locateHelmImages(document, policies);
  const isArgo = kind === 'Application' && apiVersion.startsWith('argoproj.io/');
  return isArgo ? (policies) => locateArgoImages(document, policies) : undefined;
}
