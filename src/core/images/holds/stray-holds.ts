/** Annotations that are to hold an image, of a container that is not there. */
import type { Problem } from '../../../base/errors.ts';
import { suggestion } from '../../../base/nearest.ts';
import { printable } from '../../../base/printable.ts';
import type { ImageUse } from '../locate/image-use.ts';
import { parseHold } from './hold-text.ts';

/** Warnings for one workload: nobody reads more, and each compares its name with all containers. */
const MOST_WARNINGS = 20;

/** A warning for each hold of `use` that names none of `containers`: nothing is held by it, and its author believes otherwise. */
export function strayHolds({ subject, policies }: ImageUse, containers: ReadonlySet<string>): Problem[] {
  const stray = [...policies.holds].filter(([container, { value }]) => {
    return !containers.has(container) && parseHold(value) !== undefined;
  });
  return stray.slice(0, MOST_WARNINGS).map(([container, { position }]) => ({
    severity: 'warning',
    code: 'HOLD_WITHOUT_IMAGE',
    message: `${subject} has no image of a container ${printable(container)}: its annotation holds nothing`,
    position,
    subject,
    hint: suggestion(container, [...containers]),
  }));
}
