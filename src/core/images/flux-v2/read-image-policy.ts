/**
 * What an ImagePolicy says.
 * Source: https://fluxcd.io/flux/components/image/imagepolicies/
 */
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { checkPolicy } from '../select/check-policy.ts';
import type { TagFilter, TagPolicy } from '../select/tag-policy.ts';
import type { DigestReflection } from './image-policy.ts';
import type { Read } from './read-repository.ts';
import { type SpecFields, specFields } from './spec-fields.ts';
import { faultOfVariable, unescaped } from './variables.ts';

export interface ImagePolicySpec {
  readonly repository: { readonly name: string; readonly namespace: string | undefined };
  readonly policy: TagPolicy;
  readonly digests: DigestReflection;
  readonly suspended: boolean;
}

const LONGEST_TEXT = 4_096;

/** Of several policies in one object, semver goes first and then alphabetical, as in Flux v2. */
export function readImagePolicy(document: ManifestDocument): Read<ImagePolicySpec> {
  const fields = specFields(document);
  const repository = {
    name: fields.required('imageRepositoryRef.name'),
    namespace: fields.text('imageRepositoryRef.namespace'),
  };
  const { path, policy } = readPolicy(fields);
  const digests = fields.oneOf('digestReflectionPolicy', ['Never', 'IfNotPresent', 'Always']) ?? 'Never';
  const suspended = fields.flag('suspend') ?? false;
  const [before] = fields.faults();
  if (before !== undefined) return { ok: false, fault: before };
  const checked = checkPolicy(policy);
  if (checked.ok) return { ok: true, spec: { repository, policy, digests, suspended }, warning: checked.warning };
  // The filter is checked with the policy; what is wrong with a range stands at the range.
  const aboutFilter =
    'filter' in policy && policy.filter !== undefined && checkPolicy({ ...policy, filter: undefined }).ok;
  fields.fault(aboutFilter ? 'filterTags' : path, {
    message: checked.message,
    hint: checked.hint ?? 'Correct the policy.',
  });
  const [fault] = fields.faults();
  return { ok: false, fault: fault as NonNullable<typeof fault> };
}

function readPolicy(fields: SpecFields): { readonly path: string; readonly policy: TagPolicy } {
  const filter = readFilter(fields);
  if (fields.has('policy.semver')) {
    const range = substituted(fields, 'policy.semver.range', fields.required('policy.semver.range'));
    return { path: 'policy.semver.range', policy: { kind: 'semver', range, filter, threeParts: true } };
  }
  for (const kind of ['alphabetical', 'numerical'] as const) {
    if (!fields.has(`policy.${kind}`)) continue;
    const order = fields.oneOf(`policy.${kind}.order`, ['asc', 'desc']) ?? 'asc';
    return { path: `policy.${kind}`, policy: { kind, order, filter } };
  }
  fields.fault('policy', { message: 'has no policy', hint: 'Add spec.policy with semver, alphabetical or numerical.' });
  return { path: 'policy', policy: { kind: 'semver', range: '' } };
}

function readFilter(fields: SpecFields): TagFilter | undefined {
  if (!fields.has('filterTags')) return undefined;
  const pattern = substituted(fields, 'filterTags.pattern', fields.text('filterTags.pattern') ?? '');
  const extract = fields.text('filterTags.extract');
  if (extract !== undefined && extract.length > LONGEST_TEXT) tooLong(fields, 'filterTags.extract');
  // Nobody wants the text `${ts}` itself: two dollars are the escape that a later substitution takes away.
  return { pattern, extract: extract === undefined || extract === '' ? undefined : unescaped(extract) };
}

function substituted(fields: SpecFields, path: string, text: string): string {
  if (text.length > LONGEST_TEXT) tooLong(fields, path);
  const variable = faultOfVariable(text);
  if (variable !== undefined) fields.fault(path, { ...variable, message: `spec.${path} ${variable.message}` });
  return unescaped(text);
}

function tooLong(fields: SpecFields, path: string): void {
  fields.fault(path, {
    message: `spec.${path} is longer than ${LONGEST_TEXT} characters`,
    hint: 'Write a shorter one.',
  });
}
