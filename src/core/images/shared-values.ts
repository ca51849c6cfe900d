/** Values that stand at an anchor and are repeated by images that are not to move. */
import { type Bump, still } from './bump.ts';
import type { ImageUse } from './locate/image-use.ts';
import { reasonToStandStill } from './stand-still.ts';

/**
 * The bumps of one file; those have failed that would move an image of its own will through an anchor: one that is
 * among the bumps and stays, or one of `others` that is locked or ignored.
 */
export function sparingOthers(bumps: readonly Bump[], others: readonly ImageUse[] = []): readonly Bump[] {
  if (!bumps.some(editsShared)) return bumps;
  const moving = new Set(bumps.filter(({ edits }) => edits.length > 0).map(({ use }) => place(use)));
  const staying = new Map<number, string>();
  for (const { use, row } of bumps) if (!moving.has(place(use))) note(staying, use, row.reason);
  for (const use of others) {
    const reason = reasonToStandStill(use.policies);
    if (reason !== undefined && !moving.has(place(use))) note(staying, use, reason);
  }
  return bumps.map((bump) => {
    const taken = bump.edits.map(({ span }) => staying.get(span.start)).find((owner) => owner !== undefined);
    if (taken === undefined) return bump;
    return still(bump.use, 'failed', `its value stands at an anchor that ${taken} repeats`, bump.warnings);
  });
}

function editsShared({ edits }: Bump): boolean {
  return edits.some(({ span }) => span.shared);
}

/** What repeats an anchor has its position: images differ in whose they are. */
function place({ subject, container }: ImageUse): string {
  return `${subject} ${container}`;
}

function note(staying: Map<number, string>, use: ImageUse, reason: string): void {
  for (const { span } of use.fields) {
    if (span.shared) staying.set(span.start, `${use.subject} ${use.container} (${reason})`);
  }
}
