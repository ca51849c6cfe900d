/** Which markers of a file speak of one image. */
import type { MarkerPart } from './parse-marker.ts';
import type { ImageMarker } from './read-markers.ts';

/** Not empty, each part at most once; a whole reference stands alone. */
export type MarkerGroup = readonly [ImageMarker, ...ImageMarker[]];

/**
 * Parts that one policy marks in one mapping belong together: the first tag, the first name and the first digest, then
 * the second ones.
 */
export function groupMarkers(markers: readonly ImageMarker[]): readonly MarkerGroup[] {
  const groups: [ImageMarker, ...ImageMarker[]][] = [];
  const open = new Map<object, Map<string, [ImageMarker, ...ImageMarker[]][]>>();
  for (const marker of markers) {
    const { within, node } = marker.value;
    const policies = open.get(within ?? node) ?? new Map<string, [ImageMarker, ...ImageMarker[]][]>();
    open.set(within ?? node, policies);
    const waiting = policies.get(marker.policy) ?? [];
    policies.set(marker.policy, waiting);
    const group = marker.part === 'image' ? undefined : waiting.find((members) => !has(members, marker.part));
    if (group !== undefined) group.push(marker);
    else {
      const next: [ImageMarker, ...ImageMarker[]] = [marker];
      groups.push(next);
      if (marker.part !== 'image') waiting.push(next);
    }
  }
  return groups;
}

function has(members: readonly ImageMarker[], part: MarkerPart): boolean {
  return members.some((member) => member.part === part);
}
