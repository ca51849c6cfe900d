/** The environments that a run is about. */
import type { Problem } from '../base/errors.ts';
import { suggestion } from '../base/nearest.ts';
import type { Config, EnvironmentConfig } from '../config/config.ts';

export interface ChosenEnvironments {
  readonly environments: readonly EnvironmentConfig[];
  readonly problems: readonly Problem[];
}

/** Those that `names` names, in the order of the config; all of them where it names none. */
export function chooseEnvironments(config: Config, names: readonly string[]): ChosenEnvironments {
  if (names.length === 0) return { environments: config.environments, problems: [] };
  const known = config.environments.map((environment) => environment.name);
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      severity: 'error' as const,
      code: 'USAGE_UNKNOWN_ENVIRONMENT',
      message: `no environment ${name} in ${config.file}; it has ${known.join(', ')}`,
      hint: suggestion(name, known),
    }));
  return { environments: config.environments.filter((environment) => names.includes(environment.name)), problems };
}
