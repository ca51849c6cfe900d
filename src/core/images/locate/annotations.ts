/**
 * What the annotations of a workload say about its images.
 * Source: https://github.com/fluxcd/flux/blob/master/docs/references/automated-image-update.md
 */
import type { Problem } from '../../../base/errors.ts';
import { printable } from '../../../base/printable.ts';
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { type Entry, entriesOf, isMap, isScalar, valueAt } from '../../manifests/yaml-tree.ts';
import type { Placed, WorkloadPolicies } from './image-use.ts';

export interface ReadPolicies {
  readonly policies: WorkloadPolicies;
  readonly problems: readonly Problem[];
}

/** Prefixes and what they stand for, in order of precedence. */
const PREFIXES: readonly { readonly prefix: string; readonly policy: string }[] = [
  { prefix: 'fluxcd.io/', policy: '' },
  { prefix: 'filter.fluxcd.io/', policy: 'tag.' },
  { prefix: 'flux.weave.works/', policy: '' },
];

/** What an annotation's key starts with that puts the image of one container on hold. */
const HOLD_PREFIX = 'towpath/hold.';

/**
 * The policies that `metadata.annotations` of the object itself (not of its pods) sets. Boolean policies count only
 * with the value `true`, quoted or not. Where several prefixes set the same policy, `fluxcd.io` wins, with a warning.
 */
export function readPolicies(document: ManifestDocument): ReadPolicies {
  const problems: Problem[] = [];
  const values = collectPolicies(document, problems);
  const tagFilters = new Map<string, Placed<string>>();
  for (const [policy, value] of values) {
    if (policy.startsWith('tag.')) tagFilters.set(policy.slice('tag.'.length), value);
  }
  const text = (policy: string) => values.get(policy)?.value;
  const ignore = text('ignore');
  const policies: WorkloadPolicies = {
    automated: values.has('automated') ? text('automated') === 'true' : undefined,
    locked: text('locked') === 'true',
    lockedUser: printableOr(text('locked_user')),
    lockedMessage: printableOr(text('locked_msg')),
    ignore: ignore === 'true' || ignore === 'sync_only' ? ignore : undefined,
    tagFilters,
    holds: readHolds(document),
  };
  return { policies, problems };
}

function readHolds(document: ManifestDocument): ReadonlyMap<string, Placed<string>> {
  const holds = new Map<string, Placed<string>>();
  for (const [key, value] of readAnnotations(document)) {
    if (key.startsWith(HOLD_PREFIX)) holds.set(key.slice(HOLD_PREFIX.length), value);
  }
  return holds;
}

/** The annotation that sets a policy which no annotation sets yet. */
export function newPolicyKey(policy: string): string {
  return policy.startsWith('hold.') ? `${HOLD_PREFIX}${policy.slice('hold.'.length)}` : `fluxcd.io/${policy}`;
}

/** The annotations that set `policy` (`locked`, `tag.app`, `hold.app`), the one that counts first. */
export function policyKeys(document: ManifestDocument, policy: string): readonly string[] {
  const annotations = readAnnotations(document);
  if (policy.startsWith('hold.')) return [newPolicyKey(policy)].filter((key) => annotations.has(key));
  const keys: string[] = [];
  for (const { prefix, policy: start } of PREFIXES) {
    const key = policy.startsWith(start) ? prefix + policy.slice(start.length) : undefined;
    if (key !== undefined && annotations.has(key)) keys.push(key);
  }
  return keys;
}

/** Every annotation with a scalar value, by key. The values are as written: `1.10` is not 1.1, `yes` is not `true`. */
export function readAnnotations(document: ManifestDocument): ReadonlyMap<string, Placed<string>> {
  const annotations = new Map<string, Placed<string>>();
  for (const entry of annotationEntries(document)) {
    if (!isScalar(entry.value)) continue;
    const { text, start } = entry.value.node;
    annotations.set(entry.key.text, { value: text, position: document.source.positionAt(start) });
  }
  return annotations;
}

/** These two go into reports as they are. */
function printableOr(text: string | undefined): string | undefined {
  return text === undefined ? undefined : printable(text);
}

function annotationEntries(document: ManifestDocument): readonly Entry[] {
  const annotations = valueAt(document.tree, document.root, ['metadata', 'annotations']);
  return isMap(annotations) ? entriesOf(document.tree, annotations) : [];
}

function collectPolicies(document: ManifestDocument, problems: Problem[]): Map<string, Placed<string>> {
  const annotations = readAnnotations(document);
  const winners = new Map<string, string>();
  const values = new Map<string, Placed<string>>();
  for (const { prefix, policy } of PREFIXES) {
    for (const [key, value] of annotations) {
      if (!key.startsWith(prefix)) continue;
      const name = policy + key.slice(prefix.length);
      const winner = winners.get(name);
      if (winner === undefined) {
        winners.set(name, key);
        values.set(name, value);
      } else {
        problems.push(overruled({ document, key, winner, value }));
      }
    }
  }
  return values;
}

function overruled(about: {
  readonly document: ManifestDocument;
  readonly key: string;
  readonly winner: string;
  readonly value: Placed<string>;
}): Problem {
  return {
    severity: 'warning',
    code: 'ANNOTATION_OVERRULED',
    message: `annotation ${printable(about.key)} does not count beside ${printable(about.winner)}`,
    position: about.value.position,
    subject: about.document.subject,
    hint: `Remove ${printable(about.key)}.`,
  };
}
