/** Plans the image bumps of what was read of one tree: with the policies that its markers name, and its past. */
import type { RunEvent } from '../../host/event.ts';
import type { Snapshot } from '../adapters/repository.ts';
import type { Deps } from '../deps.ts';
import { type EnvironmentFiles, imageFilesOf } from '../environment-manifests.ts';
import type { ChooseDeps } from './choose-tag.ts';
import type { ImageSettings } from './find-images.ts';
import { lookBackFrom } from './hold-look-back.ts';
import { loadImagePolicies } from './image-policies.ts';
import { type ImagePlan, planImages } from './plan-images.ts';

export interface EnvironmentsInput {
  readonly snapshot: Snapshot;
  /** The environments as they stand in the snapshot. */
  readonly read: readonly EnvironmentFiles[];
  readonly event: RunEvent;
  readonly images: ImageSettings;
}

export async function planEnvironments(
  { snapshot, read, event, images }: EnvironmentsInput,
  deps: ChooseDeps & Pick<Deps, 'repository' | 'kustomize'>,
): Promise<ImagePlan> {
  const policies = await loadImagePolicies({ sources: read.map(({ sources }) => sources), event }, deps);
  const lookBack = lookBackFrom({ snapshot, read }, deps);
  return planImages({ files: imageFilesOf(read), policies, lookBack, ...images }, deps);
}
