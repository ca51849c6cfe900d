/** The images of an environment with the tags that their policies allow, as a table. */
import { printable } from '../../base/printable.ts';
import { holdOf, holdSentence } from '../../core/images/holds/hold-text.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import { renderTime } from '../../core/images/select/build-time.ts';
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import type { Workload } from './find-workloads.ts';
import { renderTable } from './list-table.ts';

export type TagsOf = ReadonlyMap<ImageUse, ShownTags>;

export interface ShownTags {
  readonly tags: readonly TagFacts[];
  /** How many more the policy allows. */
  readonly omitted: number;
  /** Whether the last one is the running tag, shown although it is not among the first. */
  readonly apart: boolean;
}

/** A row for each image, below it what holds it and its tags. */
export function imageTable(
  workloads: readonly Workload[],
  { tagsOf, nowMs }: { readonly tagsOf: TagsOf; readonly nowMs: number },
): string[] {
  const rows = workloads.flatMap(({ id, uses }) =>
    uses.flatMap((use, index) => [
      [index === 0 ? id : '', use.container, use.name],
      ...holdRows(use, nowMs),
      ...tagRows(use, tagsOf.get(use) ?? { tags: [], omitted: 0, apart: false }),
    ]),
  );
  return renderTable(['WORKLOAD', 'CONTAINER', 'IMAGE', 'CREATED'], rows);
}

/** A hold that an annotation says; one that only the history tells is shown by explain. */
function holdRows(use: ImageUse, nowMs: number): string[][] {
  const hold = holdOf(use, nowMs);
  return hold === undefined ? [] : [['', '', printable(holdSentence(hold), { longest: 60 })]];
}

/** As fluxctl drew it: `|` beside what is newer than the running tag, `'->` at it. */
function tagRows(use: ImageUse, { tags, omitted, apart }: ShownTags): string[][] {
  const at = tags.findIndex(({ tag }) => tag === use.tag);
  const rows = tags.map(({ tag, createdMs }, index) => {
    const mark = index === at ? "'->" : index < at ? '|' : '';
    return ['', '', `${mark.padEnd(3)} ${tag}`, createdMs === undefined ? '?' : timeOf(createdMs)];
  });
  if (omitted === 0) return rows;
  const before = apart ? rows.length - 1 : rows.length;
  return rows.toSpliced(before, 0, ['', '', `:   (${omitted} ${omitted === 1 ? 'image' : 'images'} omitted)`]);
}

/** Times of registries may be any number. */
function timeOf(ms: number): string {
  return Number.isNaN(new Date(ms).getTime()) ? '?' : renderTime(ms);
}
