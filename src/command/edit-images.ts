/** The bumps of one file, carried out in its bytes: all of them, or none. */
import type { Problem } from '../base/errors.ts';
import { type Bump, still } from '../core/images/bump.ts';
import { applyEdits } from '../core/manifests/edit.ts';
import type { FileChange, SourceFile } from '../core/manifests/source-file.ts';

export interface EditedImages {
  /** Where the edit was refused, those that would have changed something have failed. */
  readonly bumps: readonly Bump[];
  readonly change: FileChange | undefined;
  /** With the bumps' own warnings. */
  readonly problems: readonly Problem[];
}

export function editImages(file: SourceFile, bumps: readonly Bump[]): EditedImages {
  const warnings = bumps.flatMap(warningsOf);
  const edits = bumps.flatMap((bump) => bump.edits);
  if (edits.length === 0) return { bumps, change: undefined, problems: warnings };
  const edited = applyEdits(file, edits);
  if (edited.kind === 'edited') {
    const change = { path: file.path, bytes: edited.bytes };
    return { bumps, change, problems: [...warnings, ...edited.warnings] };
  }
  const { problem } = edited;
  const refused = bumps.map((bump) => (bump.edits.length === 0 ? bump : still(bump.use, 'failed', problem.message)));
  return { bumps: refused, change: undefined, problems: [...warnings, problem] };
}

function warningsOf({ use, warnings }: Bump): Problem[] {
  return warnings.map((warning) => ({
    severity: 'warning',
    code: 'IMAGE_WARNING',
    message: `${use.container} ${use.name}: ${warning}`,
    subject: use.subject,
  }));
}
