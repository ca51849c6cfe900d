/** What every command is given, and what it gives back. */
import type { Clock } from '../base/clock.ts';
import type { Problem } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import type { ManualFlags } from '../config/manual-flags.ts';
import type { EnvironmentReport } from '../core/report/report.ts';
import type { RunEvent } from '../host/event.ts';
import type { Host } from '../host/host.ts';
import type { Clusters } from './adapters/cluster.ts';
import type { Generators } from './adapters/generators.ts';
import type { Kustomize } from './adapters/kustomize.ts';
import type { Registries } from './adapters/registries.ts';
import type { Identity, Repository } from './adapters/repository.ts';
import type { ImageSettings } from './images/find-images.ts';

export interface Deps {
  readonly repository: Repository;
  readonly registries: Registries;
  /** Loaded when a cluster is first needed: reading a kubeconfig is not free, and a scan needs none. */
  readonly clusters: () => Promise<Clusters>;
  /** Runs the commands of `.flux.yaml` files, for environments that allow it. */
  readonly generators: Generators;
  /** Builds kustomizations, where image policies may stand in them. */
  readonly kustomize: Kustomize;
  readonly host: Host;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface Request {
  /** Those that `--environment` names, or all. */
  readonly environments: readonly EnvironmentConfig[];
  /** The words after the command. */
  readonly operands: readonly string[];
  /** The configuration's `images` and `fields`. */
  readonly images: ImageSettings;
  readonly event: RunEvent;
  /** `--dry-run`, `--check`, or a `scan` without `--write`: nothing is written anywhere. */
  readonly dryRun: boolean;
  /** Who the commits are by. */
  readonly author: Identity;
  /** The template of their message; undefined: Flux's form. */
  readonly message: string | undefined;
  /** What a person adds to the commands that are theirs alone. */
  readonly manual?: ManualFlags | undefined;
  /** The person who asks, as they are named in commits; undefined where nobody knows. */
  readonly requestedBy?: string | undefined;
}

export interface Result {
  readonly environments: readonly EnvironmentReport[];
  readonly problems: readonly Problem[];
  /** True where the event allowed a look only, whatever was asked. */
  readonly dryRun?: boolean;
  /** What the command was asked to say, instead of what it did. */
  readonly lines?: readonly string[];
  /** One sentence where the command did nothing on purpose. */
  readonly note?: string;
}
