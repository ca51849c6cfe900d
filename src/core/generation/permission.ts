/** Whether the commands of a `.flux.yaml` may run. */
import type { Problem } from '../../base/errors.ts';
import type { Generation } from './generation.ts';

export interface GenerationRequest {
  readonly generation: Generation;
  /** The environment's name in the configuration. */
  readonly environment: string;
  /** What the environment says. */
  readonly allowed: boolean;
  /** The run is for a fork's code: its author chooses the commands. */
  readonly fromFork: boolean;
}

/** Why they may not, or undefined. */
export function refuseGeneration(request: GenerationRequest): Problem | undefined {
  const { generation, environment, allowed, fromFork } = request;
  const { configPath } = generation;
  const problem = { severity: 'error', position: generation.config.position, subject: environment } as const;
  if (fromFork) {
    return {
      ...problem,
      code: 'GENERATORS_FORK',
      message: `commands of ${configPath} are not run for a fork's code`,
      hint: 'Push the branch to this repository, once its changes have been read.',
    };
  }
  if (allowed) return undefined;
  return {
    ...problem,
    code: 'GENERATORS_NOT_ALLOWED',
    message: `commands of ${configPath} make the manifests of environment ${environment} and are not allowed to run`,
    hint: `Set environments.${environment}.generators: true in the configuration.`,
  };
}
