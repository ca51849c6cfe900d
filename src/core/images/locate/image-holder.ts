/** What images are located in: an object, or a file that is none but holds images all the same. */
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import type { WorkloadPolicies } from './image-use.ts';

/** Every ManifestDocument is one. */
export type ImageHolder = Pick<ManifestDocument, 'subject' | 'position' | 'source' | 'tree' | 'root'>;

/** Of a file without annotations: only the configuration's rules speak of its images. */
export const NO_POLICIES: WorkloadPolicies = {
  automated: undefined,
  locked: false,
  lockedUser: undefined,
  lockedMessage: undefined,
  ignore: undefined,
  tagFilters: new Map(),
  holds: new Map(),
};
