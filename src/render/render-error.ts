/** What can go wrong when a repository's own commands run. */
import { type ErrorDetails, TowpathError } from '../base/errors.ts';

export type RenderErrorCode =
  | 'GENERATOR_FAILED'
  | 'GENERATOR_TIMEOUT'
  | 'GENERATOR_OUTPUT_LIMIT'
  | 'UPDATER_FAILED'
  | 'UPDATER_TIMEOUT'
  | 'UPDATER_OUTPUT_LIMIT'
  /** It deleted a file, or put something else in its place. */
  | 'UPDATER_REFUSED'
  | 'KUSTOMIZE_FAILED'
  | 'KUSTOMIZE_TIMEOUT'
  | 'KUSTOMIZE_OUTPUT_LIMIT'
  /** Neither kustomize nor kubectl is there. */
  | 'KUSTOMIZE_NOT_FOUND'
  /** The copy of the tree cannot be made. */
  | 'SCRATCH_FAILED'
  | 'SCRATCH_TOO_LARGE';

/** An error of this room. */
export class RenderError extends TowpathError<RenderErrorCode> {
  constructor(code: RenderErrorCode, message: string, details: ErrorDetails = {}) {
    super(code, message, details);
  }
}
