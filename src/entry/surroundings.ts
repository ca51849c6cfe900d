/** What a run finds around it: read from the process once, by the entry files, and passed on as a value. */
import type { Secret } from '../base/secret.ts';
import type { RunEvent } from '../host/event.ts';
import type { Host } from '../host/host.ts';

/** Credentials that were given as content. */
export interface GivenSecrets {
  readonly githubToken: Secret | undefined;
  readonly kubeconfig: Secret | undefined;
  readonly registryAuth: Secret | undefined;
  readonly slackWebhookUrl: Secret | undefined;
}

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** The current directory. */
  readonly directory: string;
  readonly home: string;
  readonly host: Host;
  readonly event: RunEvent;
  readonly secrets: GivenSecrets;
  /** The run's own directory, made on first use; removed when the run ends. */
  readonly scratch: () => Promise<string>;
  readonly signal: AbortSignal;
  /** Removes every secret that the run has met; for files that it writes. */
  readonly redact: (text: string) => string;
  /** In the action: where the report goes if nobody names a file. */
  readonly reportFile: string | undefined;
}

export const NO_SECRETS: GivenSecrets = {
  githubToken: undefined,
  kubeconfig: undefined,
  registryAuth: undefined,
  slackWebhookUrl: undefined,
};
