/** `--environment`: the environments that a run is about. */
import type { Problem } from '../base/errors.ts';
import type { Config, EnvironmentConfig } from './config.ts';
import type { UsageErrorCode } from './invocation.ts';
import { suggestion } from './nearest.ts';

export type ChosenEnvironments =
  | { readonly ok: true; readonly environments: readonly EnvironmentConfig[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Those of `names`, in the order of the configuration; all of them where no name is given. Each unknown name is a problem. */
export function chooseEnvironments(config: Config, names: readonly string[]): ChosenEnvironments {
  const known = config.environments.map((environment) => environment.name);
  const problems = names
    .filter((name) => !known.includes(name))
    .map(
      (name): Problem => ({
        severity: 'error',
        code: 'USAGE_UNKNOWN_ENVIRONMENT' satisfies UsageErrorCode,
        message: `${config.file} has no environment '${name.slice(0, 63)}'`,
        hint: suggestion(name, known),
      }),
    );
  if (problems.length > 0) return { ok: false, problems };
  const chosen = config.environments.filter((environment) => names.length === 0 || names.includes(environment.name));
  return { ok: true, environments: chosen };
}
