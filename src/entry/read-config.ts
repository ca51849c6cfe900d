/** Finds and reads the configuration file. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import { DEFAULT_CONFIG } from '../config/contract.ts';
import type { Invocation } from '../config/invocation.ts';
import { configNotFound, loadConfig } from '../config/load.ts';
import type { Surroundings } from './surroundings.ts';

export interface ConfigRead {
  /** Null where there is an error among the problems. */
  readonly config: Config | null;
  readonly problems: readonly Problem[];
}

/** The file that `--config` names (from the current directory), else `.towpath.yaml` in the repository's root. */
export async function readConfig(invocation: Invocation, root: string, around: Surroundings): Promise<ConfigRead> {
  const named = invocation.flags.config;
  const file = named === undefined ? path.join(root, DEFAULT_CONFIG) : path.resolve(around.directory, named);
  const shown = named ?? DEFAULT_CONFIG;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return { config: null, problems: [unreadable(shown, error as NodeJS.ErrnoException)] };
  }
  const loaded = loadConfig(text, {
    file: shown,
    // A fork's configuration could otherwise send any variable of the job to a host of its choice.
    variables: around.event.fromFork ? {} : around.env,
    slackWebhookUrl: around.secrets.slackWebhookUrl,
  });
  if (!loaded.ok) return { config: null, problems: loaded.problems };
  for (const notifier of loaded.config.notifiers) around.host.mask(notifier.webhookUrl);
  return { config: loaded.config, problems: loaded.warnings };
}

function unreadable(file: string, error: NodeJS.ErrnoException): Problem {
  if (error.code === 'ENOENT') return configNotFound(file);
  return {
    severity: 'error',
    code: 'CONFIG_NOT_FOUND',
    message: `cannot be read (${error.code ?? 'unknown error'})`,
    subject: file,
  };
}
