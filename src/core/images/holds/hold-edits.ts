/** Holds written into the file of their images, and taken out of it again. */
import type { Problem } from '../../../base/errors.ts';
import type { SourceFile } from '../../manifests/source-file.ts';
import type { ImageRow } from '../../report/report.ts';
import type { Bump } from '../bump.ts';
import { setPolicies } from '../by-hand/policy-edits.ts';
import type { HeldImage } from '../commit-message.ts';
import { canBeHeld, parseHold } from './hold-text.ts';
import { holdTrailer, idOf, isInObject, unholdTrailer } from './hold-trailers.ts';

export interface RecordedHolds {
  readonly bytes: Uint8Array;
  /** Those whose hold is in the bytes say so. */
  readonly bumps: readonly Bump[];
  readonly problems: readonly Problem[];
}

/** `file` with the annotations that `bumps` ask for. An image without a place for one is on hold by the history alone. */
export function recordHolds(file: SourceFile, bumps: readonly Bump[]): RecordedHolds {
  let { bytes } = file;
  const problems: Problem[] = [];
  const recorded = bumps.map((bump) => {
    const { use, hold } = bump;
    if (hold === undefined) return bump;
    if (!isInObject(use) || !canBeHeld(use.container)) return bump;
    const policies = new Map([[`hold.${use.container}`, hold.text]]);
    const edited = setPolicies({ path: file.path, bytes }, { subject: use.subject, policies });
    if (edited.kind === 'refused') {
      problems.push({ ...edited.problem, severity: 'warning' });
      return bump;
    }
    bytes = edited.bytes;
    problems.push(...edited.warnings);
    return written(bump, hold);
  });
  return { bytes, bumps: recorded, problems };
}

function written(bump: Bump, hold: { readonly text: string | null }): Bump {
  const row: ImageRow = hold.text === null ? bump.row : { ...bump.row, hold: 'new' };
  return { ...bump, row, hold: { ...hold, isWritten: true } };
}

/** Those that were put on hold and whose annotation says so, for the commit. */
export function heldImages(bumps: readonly Bump[]): HeldImage[] {
  return bumps.flatMap(({ use, hold, row }) => {
    if (hold === undefined || hold.text === null || hold.isWritten !== true) return [];
    const { container, name } = use;
    return [{ id: idOf(use), container, name, version: row.to, reason: hold.text }];
  });
}

/** The trailers of a commit that moves images by hand: what becomes of their holds. */
export function trailersOfHolds(bumps: readonly Bump[]): string[] {
  return bumps.flatMap(({ use, hold }) => {
    if (hold === undefined) return [];
    const trailer = hold.text === null ? unholdTrailer : holdTrailer;
    return [trailer(idOf(use), use.container)];
  });
}

/** An image that moves although an annotation held it: that hold is over, and nobody needs to read of it any more. */
export function endHold(bump: Bump): Bump {
  const { use, edits } = bump;
  const hold = parseHold(use.policies.holds.get(use.container)?.value ?? '');
  if (edits.length === 0 || hold === undefined) return bump;
  const warning = `was on hold until ${hold.until ?? 'now'}, which is over`;
  return { ...bump, hold: { text: null }, warnings: [...bump.warnings, warning] };
}
