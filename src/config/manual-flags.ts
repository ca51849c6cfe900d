/** The flags of the commands that a person gives: list, release, and the policies of workloads. */
import type { FlagName } from './contract.ts';

export interface ManualFlags {
  /** Of workloads that are named without one. */
  readonly namespace: string | undefined;
  /** Who asks, as people write it: `Ann <ann@example.com>`. */
  readonly user: string | undefined;
  readonly message: string | undefined;
  readonly containers: readonly string[];
  /** As written. */
  readonly until: string | undefined;
  /** `container=pattern`, as written. */
  readonly tags: readonly string[];
  readonly tagAll: string | undefined;
  /** As written. */
  readonly limit: string | undefined;
  /** Every workload. */
  readonly all: boolean;
  /** `IMAGE` or `IMAGE:TAG`, as written. */
  readonly updateImage: string | undefined;
  readonly updateAllImages: boolean;
  readonly exclude: readonly string[];
  readonly force: boolean;
}

/** The part of the flags that only these commands have. */
export function manualFlags(
  values: ReadonlyMap<FlagName, readonly string[]>,
  switches: ReadonlyMap<FlagName, boolean>,
): ManualFlags {
  const on = (name: FlagName) => switches.get(name) ?? false;
  const text = (name: FlagName) => values.get(name)?.[0];
  return {
    namespace: text('namespace'),
    user: text('user'),
    message: text('message'),
    containers: values.get('container') ?? [],
    until: text('until'),
    tags: values.get('tag') ?? [],
    tagAll: text('tag-all'),
    limit: text('limit'),
    all: on('all'),
    updateImage: text('update-image'),
    updateAllImages: on('update-all-images'),
    exclude: values.get('exclude') ?? [],
    force: on('force'),
  };
}
