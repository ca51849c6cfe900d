/** Which markers of a file speak of one image. */
import type { MarkerPart } from './parse-marker.ts';
import type { ImageMarker } from './read-markers.ts';

/** Not empty, each part at most once; a whole reference stands alone. */
export type MarkerGroup = readonly [ImageMarker, ...ImageMarker[]];

type OpenGroup = [ImageMarker, ...ImageMarker[]];

/** What one policy marks in one mapping. */
interface Waiting {
  readonly groups: OpenGroup[];
  /** How many groups have the part: always the first ones. */
  readonly having: Map<MarkerPart, number>;
}

/**
 * Parts that one policy marks in one mapping belong together: the first tag, the first name and the first digest, then
 * the second ones.
 */
export function groupMarkers(markers: readonly ImageMarker[]): readonly MarkerGroup[] {
  const groups: OpenGroup[] = [];
  const open = new Map<object, Map<string, Waiting>>();
  for (const marker of markers) {
    const { policy, part, value } = marker;
    if (part === 'image') {
      groups.push([marker]);
      continue;
    }
    const waiting = waitingIn(open, { within: value.within ?? value.node, policy });
    const index = waiting.having.get(part) ?? 0;
    waiting.having.set(part, index + 1);
    const group = waiting.groups[index];
    if (group !== undefined) {
      group.push(marker);
      continue;
    }
    const next: OpenGroup = [marker];
    groups.push(next);
    waiting.groups.push(next);
  }
  return groups;
}

function waitingIn(
  open: Map<object, Map<string, Waiting>>,
  { within, policy }: { readonly within: object; readonly policy: string },
): Waiting {
  const policies = open.get(within) ?? new Map<string, Waiting>();
  open.set(within, policies);
  const waiting = policies.get(policy) ?? { groups: [], having: new Map() };
  policies.set(policy, waiting);
  return waiting;
}
