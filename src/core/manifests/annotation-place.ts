/** Where an annotation of an object stands, or would stand. */
import type { ManifestDocument } from './manifest-document.ts';
import { isMap, type MapNode, type MapPair, valueAt } from './yaml-tree.ts';

export type AnnotationPlace =
  | {
      readonly kind: 'there';
      readonly metadata: MapNode;
      readonly holder: MapPair;
      readonly annotations: MapNode;
      readonly pair: MapPair;
    }
  /** There are annotations, but not this one. */
  | { readonly kind: 'beside'; readonly metadata: MapNode; readonly holder: MapPair; readonly annotations: MapNode }
  /** `annotations:` without a value. */
  | { readonly kind: 'empty'; readonly metadata: MapNode; readonly holder: MapPair }
  | { readonly kind: 'none'; readonly metadata: MapNode }
  /** Not written out at the object: behind an alias, a merge key, or written twice. */
  | { readonly kind: 'elsewhere'; readonly clause: string };

export function findAnnotation(document: ManifestDocument, key: string): AnnotationPlace {
  const metadata = ownPairs(document.root.node, 'metadata').at(-1)?.value;
  if (metadata?.kind !== 'map') return { kind: 'elsewhere', clause: 'has its metadata at an anchor' };
  const inherited = valueAt(document.tree, document.root, ['metadata', 'annotations']);
  const holders = ownPairs(metadata, 'annotations');
  const [holder] = holders;
  if (holders.length > 1) return { kind: 'elsewhere', clause: 'has annotations twice' };
  if (holder === undefined) {
    return inherited === undefined ? { kind: 'none', metadata } : { kind: 'elsewhere', clause: AT_ANCHOR };
  }
  const annotations = holder.value;
  if (annotations.kind === 'scalar' && ['', '~', 'null'].includes(annotations.text)) {
    return { kind: 'empty', metadata, holder };
  }
  if (annotations.kind !== 'map') return { kind: 'elsewhere', clause: AT_ANCHOR };
  const pairs = ownPairs(annotations, key);
  const [pair] = pairs;
  if (pairs.length > 1) return { kind: 'elsewhere', clause: 'has this annotation twice' };
  if (pair !== undefined) return { kind: 'there', metadata, holder, annotations, pair };
  const merged = isMap(inherited) ? valueAt(document.tree, inherited, [key]) : undefined;
  if (merged !== undefined) return { kind: 'elsewhere', clause: AT_ANCHOR };
  return { kind: 'beside', metadata, holder, annotations };
}

const AT_ANCHOR = 'has its annotations at an anchor';

function ownPairs(map: MapNode, key: string): readonly MapPair[] {
  return map.pairs.filter((pair) => pair.key.kind === 'scalar' && pair.key.text === key);
}
