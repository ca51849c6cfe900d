/** The bumps of one file and what they say of holds, carried out in its bytes: all of the bumps, or none. */
import type { Problem } from '../../base/errors.ts';
import { type Bump, still } from '../../core/images/bump.ts';
import { recordHolds } from '../../core/images/holds/hold-edits.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import { sparingOthers } from '../../core/images/shared-values.ts';
import { applyEdits } from '../../core/manifests/edit.ts';
import type { FileChange, SourceFile } from '../../core/manifests/source-file.ts';

export interface EditedImages {
  /** Where the edit was refused, those that would have changed something have failed. */
  readonly bumps: readonly Bump[];
  readonly change: FileChange | undefined;
  /** With the bumps' own warnings. */
  readonly problems: readonly Problem[];
}

/** `others`: images of the file that nobody asked about, which may be locked. */
export function editImages(
  file: SourceFile,
  { bumps: wanted, others }: { readonly bumps: readonly Bump[]; readonly others?: readonly ImageUse[] },
): EditedImages {
  const bumps = sparingOthers(wanted, others);
  const warnings = bumps.flatMap(warningsOf);
  const edits = bumps.flatMap((bump) => bump.edits);
  const unchanged = edits.length === 0 && bumps.every(({ hold }) => hold === undefined);
  if (unchanged) return { bumps, change: undefined, problems: warnings };
  const edited = applyEdits(file, edits);
  if (edited.kind === 'refused') return refused(bumps, [...warnings, edited.problem]);
  const recorded = recordHolds({ path: file.path, bytes: edited.bytes }, bumps);
  const isChanged = edits.length > 0 || recorded.bumps.some(({ hold }) => hold?.isWritten);
  return {
    bumps: recorded.bumps,
    change: isChanged ? { path: file.path, bytes: recorded.bytes } : undefined,
    problems: [...warnings, ...edited.warnings, ...recorded.problems],
  };
}

function refused(bumps: readonly Bump[], problems: readonly Problem[]): EditedImages {
  const message = problems.at(-1)?.message ?? '';
  const failed = bumps.map((bump) => (bump.edits.length === 0 ? bump : still(bump.use, 'failed', message)));
  return { bumps: failed, change: undefined, problems };
}

function warningsOf({ use, warnings }: Bump): Problem[] {
  return warnings.map((warning) => ({
    severity: 'warning',
    code: 'IMAGE_WARNING',
    message: `${use.container} ${use.name}: ${warning}`,
    subject: use.subject,
  }));
}
