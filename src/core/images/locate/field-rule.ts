/** What the configuration says about images in objects whose kind Towpath does not know. */
import type { Position } from '../../../base/errors.ts';
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { groupOf } from '../../sync/built-in.ts';
import type { ImageFields } from './locate-fields.ts';

export interface FieldRule {
  readonly position: Position;
  /** As objects write it: `Database`. */
  readonly kind: string;
  /** The part of `apiVersion` before the slash; undefined: whatever it is. */
  readonly group: string | undefined;
  readonly fields: ImageFields;
}

/** Whether `rule` speaks of this object. */
export function concerns(
  rule: FieldRule,
  { kind, apiVersion }: Pick<ManifestDocument, 'kind' | 'apiVersion'>,
): boolean {
  if (rule.kind !== kind) return false;
  return rule.group === undefined || rule.group === groupOf(apiVersion);
}
