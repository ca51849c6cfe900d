/** Tags that a repository's description leaves out, whatever the policy: `exclusionList` of Flux v2. */
import { printable } from '../../../base/printable.ts';
import { compileRegexp, type Regexp } from './regexp.ts';

export type Exclusion =
  | {
      readonly ok: true;
      /** Why the tag is left out, if so. */
      readonly reasonFor: (tag: string) => string | undefined;
      readonly stepsPerCharacter: number;
    }
  | { readonly ok: false; readonly message: string };

/** RE2 patterns that match anywhere in a tag. https://fluxcd.io/flux/components/image/imagerepositories/#exclusion-list */
export function compileExclusion(patterns: readonly string[] = []): Exclusion {
  const compiled: { readonly regexp: Regexp; readonly reason: string }[] = [];
  for (const pattern of patterns) {
    const parsed = compileRegexp(pattern);
    if (!parsed.ok) return { ok: false, message: `in the exclusion '${printable(pattern)}' ${parsed.message}` };
    compiled.push({ regexp: parsed.regexp, reason: `excluded by '${printable(pattern)}'` });
  }
  return {
    ok: true,
    reasonFor: (tag) => compiled.find(({ regexp }) => regexp.matches(tag))?.reason,
    stepsPerCharacter: compiled.reduce((sum, { regexp }) => sum + regexp.size, 0),
  };
}
