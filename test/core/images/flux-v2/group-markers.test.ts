import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMarkers } from '../../../../src/core/images/flux-v2/group-markers.ts';
import type { MarkerPart } from '../../../../src/core/images/flux-v2/parse-marker.ts';
import type { ImageMarker } from '../../../../src/core/images/flux-v2/read-markers.ts';

const MAPPINGS = [{}, {}, {}];

/** A marker in one of the mappings; nothing else of its value is looked at. */
function marker({ mapping, policy, part }: { mapping: number; policy: string; part: MarkerPart }): ImageMarker {
  return { policy, part, value: { within: MAPPINGS[mapping] } } as unknown as ImageMarker;
}

/** Each part joins the first group of its mapping and policy that does not have it yet. */
function groupOneByOne(markers: readonly ImageMarker[]): ImageMarker[][] {
  const groups: ImageMarker[][] = [];
  for (const next of markers) {
    const joins = ([first]: ImageMarker[]) =>
      first?.part !== 'image' && first?.policy === next.policy && first.value.within === next.value.within;
    const group = groups.find((members) => joins(members) && members.every(({ part }) => part !== next.part));
    if (group === undefined || next.part === 'image') groups.push([next]);
    else group.push(next);
  }
  return groups;
}

describe('groupMarkers', () => {
  it('puts each part into the first group of its mapping and policy that lacks it', () => {
    const arbitrary = fc.record({
      mapping: fc.nat(MAPPINGS.length - 1),
      policy: fc.constantFrom('a/one', 'a/two'),
      part: fc.constantFrom<MarkerPart>('image', 'name', 'tag', 'digest'),
    });
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 40 }), (given) => {
        const markers = given.map(marker);
        expect(groupMarkers(markers)).toEqual(groupOneByOne(markers));
      }),
    );
  });

  it('takes no longer for each of very many tags in one mapping', () => {
    const many = Array.from({ length: 200_000 }, () => marker({ mapping: 0, policy: 'a/one', part: 'tag' }));
    expect(groupMarkers(many)).toHaveLength(many.length);
  });
});
