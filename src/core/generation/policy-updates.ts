/** Updates of policies of generated workloads that the repository's own commands make. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { policyKeys, readAnnotations } from '../images/locate/annotations.ts';
import type { ManifestDocument } from '../manifests/manifest-document.ts';
import type { GeneratedDocument } from './generated-document.ts';
import type { GeneratedManifests } from './generated-manifests.ts';
import { commandsOf, policyVariables, type UpdatePlan } from './updates.ts';

/** By the path of a generated object's file: its policies by name, with null for those that are to go. */
export type WantedPolicies = ReadonlyMap<string, ReadonlyMap<string, string | null>>;

/** A run of the `policy` updaters for each policy. */
export function planPolicyUpdates(manifests: GeneratedManifests, wanted: WantedPolicies): UpdatePlan {
  const { config, configPath } = manifests.generation;
  const commands = config.kind === 'commandUpdated' ? commandsOf(config.updaters, 'policy') : [];
  const asked = policiesOf(manifests.documents, wanted);
  const [first] = asked;
  if (first !== undefined && commands.length === 0) {
    const { subject } = first.document;
    return {
      kind: 'refused',
      problem: {
        severity: 'error',
        code: 'UPDATER_MISSING',
        message: `${printable(configPath)} has no updater of policies, and ${subject} is to get ${printable(first.name)}`,
        position: config.position,
        subject,
        hint: 'Add a step with policy.command below updaters, or use patchUpdated.',
      },
    };
  }
  const updates = asked.map(({ document, name, value }) => ({
    commands,
    env: policyVariables(document, { name, value }),
  }));
  return { kind: 'updates', updates };
}

/** What the updates have not done: an error for each policy that is not as wanted in what the generators print now. */
export function unfinishedPolicies(
  manifests: GeneratedManifests,
  given: { readonly wanted: WantedPolicies; readonly after: readonly GeneratedDocument[] },
): readonly Problem[] {
  const after = Map.groupBy(given.after, ({ key }) => key);
  return policiesOf(manifests.documents, given.wanted).flatMap(({ document, key, name, value }): Problem[] => {
    const found = after.get(key)?.[0];
    if (found !== undefined && says(found.document, name) === value) return [];
    const clause = found === undefined ? 'is not generated any more' : `${stillGenerated(value)} ${printable(name)}`;
    return [
      {
        severity: 'error',
        code: 'UPDATER_IDLE',
        message: `${document.subject} ${clause} after the update of its policies`,
        position: manifests.generation.config.position,
        subject: document.subject,
        hint: 'Let the updaters change what the generators read; without FLUX_POLICY_VALUE the policy is to go.',
      },
    ];
  });
}

function stillGenerated(value: string | null): string {
  return value === null ? 'is still generated with' : 'is still generated without';
}

/** The policy's value; null where no annotation sets it. */
function says(document: ManifestDocument, policy: string): string | null {
  const [key] = policyKeys(document, policy);
  return key === undefined ? null : (readAnnotations(document).get(key)?.value ?? null);
}

interface AskedPolicy {
  readonly document: ManifestDocument;
  readonly key: string;
  readonly name: string;
  readonly value: string | null;
}

/** Those that are not as wanted yet. */
function policiesOf(documents: readonly GeneratedDocument[], wanted: WantedPolicies): readonly AskedPolicy[] {
  return documents.flatMap(({ file, document, key }) =>
    [...(wanted.get(file.path) ?? [])]
      .filter(([name, value]) => says(document, name) !== value)
      .map(([name, value]) => ({ document, key, name, value })),
  );
}
