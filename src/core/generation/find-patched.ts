/** Where an entry of a patch file sets a value of the object that it patches. */
import type { ManifestDocument } from '../manifests/manifest-document.ts';
import { typeOfScalar } from '../manifests/scalar-type.ts';
import {
  fieldOf,
  isMap,
  isScalar,
  isSequence,
  itemsOf,
  type Reached,
  type ScalarNode,
  type SequenceNode,
} from '../manifests/yaml-tree.ts';
import { deepEqual, fieldOf as jsonField } from '../sync/json.ts';
import type { Step } from './changed-texts.ts';
import { fieldRule, type PatchField, type PatchType } from './patch-types.ts';

/** The scalar at `path`; undefined where the entry does not set it. Items of lists that merge are found by their key. */
export function findPatched(
  entry: ManifestDocument,
  path: readonly Step[],
  type: PatchType | undefined,
): Reached<ScalarNode> | undefined {
  let reached: Reached | undefined = entry.root;
  let rule: PatchField = type === undefined ? {} : { type };
  for (const step of path) {
    if ('field' in step) {
      reached = isMap(reached) ? fieldOf(entry.tree, reached, step.field) : undefined;
      rule = fieldRule(rule.type, step.field);
    } else {
      reached = isSequence(reached) ? findItem(entry, reached, { step, rule }) : undefined;
    }
  }
  return isScalar(reached) ? reached : undefined;
}

function findItem(
  entry: ManifestDocument,
  list: Reached<SequenceNode>,
  { step, rule }: { readonly step: Extract<Step, { index: number }>; readonly rule: PatchField },
): Reached | undefined {
  const items = itemsOf(entry.tree, list);
  const { mergeKey } = rule;
  // A list that does not merge is given whole.
  if (rule.strategy !== 'merge') return items[step.index];
  if (mergeKey === undefined) return undefined;
  const wanted = jsonField(step.item, mergeKey);
  return items.find((item) => {
    const key = isMap(item) ? fieldOf(entry.tree, item, mergeKey) : undefined;
    return isScalar(key) && deepEqual(typeOfScalar(key.node), wanted);
  });
}
