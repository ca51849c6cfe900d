/** Policies of a workload set and dropped in its file. */
import type { Problem } from '../../../base/errors.ts';
import type { EditResult } from '../../manifests/edit.ts';
import { parseManifests } from '../../manifests/parse.ts';
import { setAnnotation } from '../../manifests/set-annotation.ts';
import type { SourceFile } from '../../manifests/source-file.ts';
import { newPolicyKey, policyKeys } from '../locate/annotations.ts';

export interface PolicyChanges {
  /** `Kind/namespace/name`, or `Kind/name`. */
  readonly subject: string;
  /** Policies by name (`automated`, `locked`, `locked_user`, `locked_msg`, `ignore`, `tag.<container>`, `hold.<container>`); null drops one. */
  readonly policies: ReadonlyMap<string, string | null>;
}

/**
 * `file` with the policies changed, all of them or none. The annotation that sets a policy already is kept, whatever its
 * prefix; a new one gets `fluxcd.io/`, a hold `towpath/`. A policy is dropped under every prefix, so that no older one comes to
 * count.
 */
export function setPolicies(file: SourceFile, { subject, policies }: PolicyChanges): EditResult {
  let bytes = file.bytes;
  const warnings: Problem[] = [];
  for (const [policy, value] of policies) {
    for (const key of keysToChange({ path: file.path, bytes }, { subject, policy, value })) {
      const result = setAnnotation({ path: file.path, bytes }, { subject, key, value });
      if (result.kind === 'refused') return result;
      bytes = result.bytes;
      warnings.push(...result.warnings);
    }
  }
  return { kind: 'edited', bytes, warnings };
}

function keysToChange(
  file: SourceFile,
  change: { readonly subject: string; readonly policy: string; readonly value: string | null },
): readonly string[] {
  const document = parseManifests(file).documents.find(({ subject }) => subject === change.subject);
  const present = document === undefined ? [] : policyKeys(document, change.policy);
  if (present.length === 0) return [newPolicyKey(change.policy)];
  return change.value === null ? present : present.slice(0, 1);
}
