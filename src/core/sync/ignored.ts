/** Objects that people have taken out of automatic hands, by the annotations that Flux v1 knew. */
import { groupOf } from './built-in.ts';
import type { JsonObject } from './desired-object.ts';
import { valueAt } from './json.ts';

/** Source: https://fluxcd.io/legacy/flux/references/annotations/ (both prefixes) */
const IGNORE_ANNOTATIONS = ['fluxcd.io/ignore', 'flux.weave.works/ignore'];

/** The annotation by which `object` is left alone, or undefined. Any value but `true` (`sync_only` say) leaves it in our hands. */
export function ignoringAnnotation(object: JsonObject): string | undefined {
  return IGNORE_ANNOTATIONS.find((key) => {
    const value = valueAt(object, 'metadata', 'annotations', key);
    return value === 'true' || value === true;
  });
}

/** Flux v2's image automation, which Towpath reads and does itself. Other objects of Flux are applied or fail as any. */
const REPLACED_KINDS: ReadonlySet<string> = new Set(['ImagePolicy', 'ImageRepository', 'ImageUpdateAutomation']);

/** Whether an object is only wanted in clusters that have its kind: elsewhere Towpath takes the place of its controller. */
export function isReplaced({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return groupOf(apiVersion) === 'image.toolkit.fluxcd.io' && REPLACED_KINDS.has(kind);
}
