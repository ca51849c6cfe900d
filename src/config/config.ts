/** The configuration as the rest of the program sees it: validated, complete with defaults, frozen. */
import type { Position } from '../base/errors.ts';
import type { Secret } from '../base/secret.ts';
import type { ImageRule } from '../core/images/image-rule.ts';
import type { FieldRule } from '../core/images/locate/field-rule.ts';
import type { Placed } from '../core/images/locate/image-use.ts';

export interface Config {
  /** The file's name as messages show it. */
  readonly file: string;
  /** In the order of the file; at least one. */
  readonly environments: readonly EnvironmentConfig[];
  readonly registries: readonly RegistryConfig[];
  /** Only those that can be told: one without its variable is left out, with a warning. */
  readonly notifiers: readonly NotifierConfig[];
  /** In the order of the file. */
  readonly images: readonly ImageRule[];
  readonly fields: readonly FieldRule[];
  readonly commit: CommitConfig;
}

export interface EnvironmentConfig {
  readonly name: string;
  readonly position: Position;
  /** Undefined: the branch checked out. */
  readonly branch: string | undefined;
  /** Files and directories, relative to the root of the repository, with `/`, without `./`; `.` is the root itself. */
  readonly paths: readonly Placed<string>[];
  /** Globs over the paths of Helm values files, from the root of the repository. */
  readonly values: readonly Placed<string>[];
  /** Undefined: the current context. Empty: no cluster at all. */
  readonly clusters: readonly ClusterConfig[] | undefined;
  /** Whether `.flux.yaml` files may run the commands they name. */
  readonly generators: boolean;
}

export interface ClusterConfig {
  /** Glob over the contexts of the kubeconfig. */
  readonly context: string;
  readonly position: Position;
}

export interface RegistryConfig {
  /** As in image references, in lower case: `ghcr.io`, `registry.example.org:5000`. */
  readonly name: string;
  readonly position: Position;
  /** `http://` or `https://` without a trailing slash; undefined: the registry itself. */
  readonly endpoint: string | undefined;
  /** How the job's identity opens it; never beside an endpoint. */
  readonly login: CloudLogin | undefined;
}

/** What the job's identity becomes, so that a registry of that cloud opens. `audience`: undefined for the cloud's usual one. */
export type CloudLogin =
  | {
      readonly cloud: 'aws';
      /** `arn:aws:iam::123456789012:role/NAME` */
      readonly role: string;
      readonly audience: string | undefined;
    }
  | {
      readonly cloud: 'google';
      /** `projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER` */
      readonly provider: string;
      /** Undefined: the identity itself may read the registry. */
      readonly serviceAccount: string | undefined;
      readonly audience: string | undefined;
    }
  | {
      readonly cloud: 'azure';
      /** UUID, in lower case. */
      readonly client: string;
      /** UUID, in lower case. */
      readonly tenant: string;
      readonly audience: string | undefined;
    };

/** One place that is told about runs. */
export interface NotifierConfig {
  readonly kind: 'slack';
  readonly position: Position;
  readonly webhookUrl: Secret;
  readonly channel: string | undefined;
  readonly username: string | undefined;
}

export interface CommitConfig {
  /** Undefined: Flux's wording. */
  readonly message: Placed<string> | undefined;
  readonly author: CommitAuthor | undefined;
}

export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

export type ConfigErrorCode =
  | 'CONFIG_NOT_FOUND'
  | 'CONFIG_TOO_LARGE'
  | 'CONFIG_SYNTAX'
  | 'CONFIG_UNKNOWN_KEY'
  | 'CONFIG_DUPLICATE_KEY'
  | 'CONFIG_MISSING_KEY'
  | 'CONFIG_TYPE'
  | 'CONFIG_VALUE'
  | 'CONFIG_POLICY'
  | 'CONFIG_UNSET_VARIABLE';

/** The warning that a notifier is left out of this run. */
export const NOTIFIER_OFF = 'NOTIFIER_OFF';
