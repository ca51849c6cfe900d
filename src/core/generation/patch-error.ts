/** What makes a patch impossible to apply or to write. */
import { TowpathError } from '../../base/errors.ts';

export type PatchErrorCode = 'PATCH_INVALID';

/** `clause` says what is wrong with the patch or the object at `path`, a dotted path of fields. */
export function patchError(path: readonly string[], clause: string): TowpathError<PatchErrorCode> {
  const place = path.length === 0 ? 'the patch' : path.join('.');
  return new TowpathError<PatchErrorCode>('PATCH_INVALID', `${place} ${clause}`);
}
