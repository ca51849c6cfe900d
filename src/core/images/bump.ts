/** From a selection to a row of the report and the scalars to rewrite. */
import type { ScalarEdit } from '../manifests/scalar-span.ts';
import type { ImageRow } from '../report/report.ts';
import { renderVersion, settledRow } from './automation.ts';
import { imageEdits } from './image-edits.ts';
import type { ImageUse } from './image-use.ts';
import type { Selection } from './selection.ts';

export interface Bump {
  readonly use: ImageUse;
  readonly row: ImageRow;
  /** Empty where nothing changes. */
  readonly edits: readonly ScalarEdit[];
  /** `name:tag` of the new image, for the commit message; undefined where nothing changes. */
  readonly image: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * What `selection` means for `use`. `digest`: of the selected tag, needed where the manifest pins one; null where
 * the registry could not tell it, which means no change.
 */
export function toBump(use: ImageUse, selection: Selection, digest: string | null): Bump {
  const { warnings } = selection;
  if (selection.kind === 'failed') return still(use, 'failed', selection.reason, warnings);
  if (selection.kind === 'keep') return still(use, 'unchanged', selection.reason, warnings);
  if (use.digest !== undefined && digest === null) {
    return still(use, 'failed', `the registry does not tell the digest of ${selection.to.tag}`, warnings);
  }
  const to = versionToWrite(use, selection.to.tag, digest);
  if (to.tag === use.tag && to.digest === use.digest) {
    return still(use, 'unchanged', `${selection.to.tag} has this digest already`, warnings);
  }
  return {
    use,
    row: { ...settledRow(use, 'updated', ''), to: renderVersion(to.tag, to.digest) },
    edits: imageEdits(use, to),
    image: `${use.name}:${selection.to.tag}`,
    warnings,
  };
}

/** A bump that changes nothing, with the reason. */
export function still(
  use: ImageUse,
  action: 'unchanged' | 'skipped' | 'failed',
  reason: string,
  warnings: readonly string[] = [],
): Bump {
  return { use, row: settledRow(use, action, reason), edits: [], image: undefined, warnings };
}

/** `tag`, `tag@digest` or the digest alone: as found. An image with neither gets a tag. */
function versionToWrite(
  use: ImageUse,
  tag: string,
  digest: string | null,
): { tag: string | undefined; digest: string | undefined } {
  if (use.digest === undefined) return { tag, digest: undefined };
  return { tag: use.tag === undefined ? undefined : tag, digest: digest ?? undefined };
}
