/** From a selection to a row of the report and the scalars to rewrite. */
import { printable } from '../../base/printable.ts';
import type { ScalarEdit } from '../manifests/scalar-span.ts';
import type { ImageRow, PolicyRow } from '../report/report.ts';
import { renderVersion, settledRow } from './automation.ts';
import { reflectsDigest, renames, versionInMarks } from './flux-v2/marked-version.ts';
import type { ImageChange, ImageSource } from './image-change.ts';
import { type ImageVersion, imageEdits } from './image-edits.ts';
import type { ImageUse } from './locate/image-use.ts';
import { passedOver, rowReason, sourceRow } from './row-details.ts';
import type { Selection } from './select/selection.ts';
import type { TagPolicy } from './select/tag-policy.ts';

export interface Bump {
  readonly use: ImageUse;
  readonly row: ImageRow;
  /** Empty where nothing changes. */
  readonly edits: readonly ScalarEdit[];
  /** For the commit message; undefined where nothing changes. */
  readonly change: ImageChange | undefined;
  readonly warnings: readonly string[];
  /** What becomes of the annotation that holds the image: its text, or null to take it away. `isWritten` once the edits have it. */
  readonly hold?: { readonly text: string | null; readonly isWritten?: boolean };
  /** What the row follows from; undefined where no registry was asked or none answered. */
  readonly choice?: { readonly policy: TagPolicy; readonly selection: Selection };
}

/** Whether the digest is to stand beside the tag: as a rule has it, or as found, or as an ImagePolicy has it. */
export function isPinned(use: ImageUse, pin: boolean | undefined): boolean {
  return pin ?? (use.digest !== undefined || reflectsDigest(use));
}

export interface BumpInput {
  readonly use: ImageUse;
  readonly selection: Selection;
  /** As `isPinned` says. */
  readonly pinned: boolean;
  /** Whether a marked name is replaced although the tag stays: the registry has the tag under the new name. */
  readonly renamed?: boolean;
  /** Of the tag that will stand there; null where the registry could not tell it: then nothing that is pinned changes. */
  readonly digest: string | null;
  /** Where the new image was built from, if it says so. */
  readonly source: ImageSource | undefined;
  /** What was followed; undefined where a person named the tag. */
  readonly policy?: PolicyRow | undefined;
}

/** What `selection` means for one image: a row that says why, and the scalars to rewrite. */
export function toBump(input: BumpInput): Bump {
  const bump = decide(input);
  const { policy } = input;
  const rejected = passedOver(input.selection.rejected);
  const row = {
    ...bump.row,
    ...(policy === undefined ? {} : { policy }),
    ...(rejected === undefined ? {} : { rejected }),
  };
  return { ...bump, row };
}

function decide(input: BumpInput): Bump {
  const { use, selection, pinned, digest, source, renamed = false } = input;
  const { warnings } = selection;
  if (selection.kind === 'failed') return still(use, 'failed', selection.reason, warnings);
  const tag = selection.kind === 'update' ? selection.to.tag : use.tag;
  // Nothing is pinned to a tag that nobody chose.
  const addsPin = pinned && use.digest === undefined && use.tag !== undefined;
  if (tag === undefined || (selection.kind === 'keep' && !addsPin && !renamed)) {
    return still(use, 'unchanged', selection.reason, warnings);
  }
  if (pinned && digest === null)
    return still(use, 'failed', `the registry does not tell the digest of ${tag}`, warnings);
  const to = versionToWrite(use, { tag, digest: pinned ? (digest ?? undefined) : undefined });
  if (to.tag === use.tag && to.digest === use.digest && !renames(use)) {
    return still(use, 'unchanged', `${tag} has this digest already`, warnings);
  }
  return {
    use,
    row: {
      ...settledRow(use, 'updated', reasonOf(input)),
      ...(renames(use) ? { from: renderNamed(use) } : {}),
      to: renderVersion(to.tag, to.digest),
      ...(source === undefined ? {} : { source: sourceRow(source) }),
    },
    edits: imageEdits(use, to),
    change: { name: use.name, from: use.tag, to: tag, digest: digest ?? undefined, source },
    warnings,
  };
}

function reasonOf({ use, selection, renamed }: BumpInput): string {
  if (selection.kind === 'update') return rowReason(selection);
  if (renamed === true) return 'named as in its ImageRepository';
  return `pinned to its digest, as its ${reflectsDigest(use) ? 'ImagePolicy' : 'rule'} says`;
}

/** The image under the name that it had. */
function renderNamed({ mark, tag, digest }: ImageUse): string {
  const version = renderVersion(tag, digest);
  return printable(`${mark?.writtenName ?? ''}${version === '' ? '' : `${tag === undefined ? '@' : ':'}${version}`}`);
}

/** A bump that changes nothing, with the reason. */
export function still(
  use: ImageUse,
  action: 'unchanged' | 'skipped' | 'failed',
  reason: string,
  warnings: readonly string[] = [],
): Bump {
  return { use, row: settledRow(use, action, reason), edits: [], change: undefined, warnings };
}

/** `tag`, `tag@digest` or the digest alone: as found. An image with neither gets a tag. */
function versionToWrite(use: ImageUse, to: ImageVersion): ImageVersion {
  if (use.mark !== undefined) return versionInMarks(use, to);
  const digestAlone = use.tag === undefined && use.digest !== undefined && to.digest !== undefined;
  return digestAlone ? { tag: undefined, digest: to.digest } : to;
}
