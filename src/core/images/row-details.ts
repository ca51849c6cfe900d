/** What a row of the report says beside the two tags: why, by which policy, what was passed over, what is new. */
import { printable } from '../../base/printable.ts';
import type { PassedOver, PolicyRow, SourceRow } from '../report/report.ts';
import { type ImageSource, sourceLink } from './image-change.ts';
import type { ImageRule } from './image-rule.ts';
import type { ImageUse } from './locate/image-use.ts';
import type { Rejection, Selection } from './select/selection.ts';
import { renderTagPolicy, type TagPolicy } from './select/tag-policy.ts';

/** Tags that a row names; the rest is counted. */
const NAMED = 5;
const LONGEST_POLICY = 200;

/** The policy as its author wrote it, and where. */
export function policyRow(use: ImageUse, given: { rule: ImageRule | undefined; policy: TagPolicy }): PolicyRow {
  const { rule, policy } = given;
  const { mark } = use;
  const text = shown(renderTagPolicy(policy));
  if (mark !== undefined) return { text, from: 'marker', name: shown(mark.policyName), position: mark.position };
  const filter = use.policies.tagFilters.get(use.container);
  if (filter !== undefined) return { text: shown(filter.value), from: 'annotation', position: filter.position };
  if (rule?.policy !== undefined) return { text, from: 'rule', position: rule.policy.position };
  return { text, from: 'default' };
}

function shown(text: string): string {
  return printable(text, { longest: LONGEST_POLICY });
}

/** The reason without the chosen tag, which the row names already: `the highest version in the range '~1.4'`. */
export function rowReason({ to, reason }: Selection & { kind: 'update' }): string {
  const name = `'${to.tag}' is `;
  return reason.startsWith(name) ? reason.slice(name.length) : reason;
}

/** The tags above the answer, with the reasons; undefined where there are none. */
export function passedOver(rejected: readonly Rejection[]): PassedOver | undefined {
  const above = rejected.filter((rejection) => rejection.above);
  if (above.length === 0) return undefined;
  const tags = above.slice(0, NAMED).map(({ tag, reason }) => ({ tag, reason }));
  return { tags, more: above.length - tags.length };
}

/** The link to what is new, with the commits that it compares. */
export function sourceRow(source: ImageSource): SourceRow {
  const { revision, previous } = source;
  return { link: sourceLink(source), revision, ...(previous === undefined ? {} : { previous }) };
}
