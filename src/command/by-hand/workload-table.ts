/** The workloads of an environment with their images and policies, as a table. */
import { printable } from '../../base/printable.ts';
import { renderVersion } from '../../core/images/automation.ts';
import type { ImageMark } from '../../core/images/flux-v2/image-policy.ts';
import { holdOf } from '../../core/images/holds/hold-text.ts';
import type { FindRule } from '../../core/images/image-rule.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import { renderTagPolicy } from '../../core/images/select/tag-policy.ts';
import type { Workload } from './find-workloads.ts';
import { renderTable } from './list-table.ts';

interface PolicyView {
  readonly findRule: FindRule;
  /** Tells which holds are over. */
  readonly nowMs: number;
}

/** A row for each image; the workload is named in the first of its rows. */
export function workloadTable(workloads: readonly Workload[], view: PolicyView): string[] {
  const rows = workloads.flatMap(({ id, uses }) =>
    uses.map((use, index) => {
      const version = renderVersion(use.tag, use.digest);
      const image =
        use.digest !== undefined && use.tag === undefined ? `${use.name}@${version}` : `${use.name}:${version}`;
      return [index === 0 ? id : '', use.container, version === '' ? use.name : image, policiesOf(use, view)];
    }),
  );
  return renderTable(['WORKLOAD', 'CONTAINER', 'IMAGE', 'POLICY'], rows);
}

/** What its annotations and the configuration say, in one cell. */
function policiesOf(use: ImageUse, { findRule, nowMs }: PolicyView): string {
  const { automated, locked, ignore, tagFilters } = use.policies;
  const rule = findRule(use);
  const words: string[] = [];
  if (automated ?? (use.mark !== undefined || rule?.policy !== undefined)) words.push('automated');
  if (locked) words.push('locked');
  if (holdOf(use, nowMs) !== undefined) words.push('on hold');
  if (ignore !== undefined) words.push(ignore === 'true' ? 'ignore' : ignore);
  const filter = tagFilters.get(use.container);
  if (use.mark !== undefined) words.push(markedPolicy(use.mark));
  else if (filter !== undefined) words.push(printable(filter.value));
  else if (rule?.policy !== undefined) words.push(renderTagPolicy(rule.policy.value));
  return words.join(',');
}

function markedPolicy(mark: ImageMark): string {
  const name = `ImagePolicy ${mark.policyName}`;
  return 'fault' in mark.follows ? name : `${renderTagPolicy(mark.follows.policy)} of ${name}`;
}
