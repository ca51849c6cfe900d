/** A tag filter made ready: which tags pass, and by which text of theirs they are ordered. */
import { expandTemplate, parseTemplate } from './extract-template.ts';
import { compileRegexp } from './regexp.ts';
import type { TagFilter } from './tag-policy.ts';

/** The text to order a tag by; undefined for a tag that does not pass. */
export type Extract = (tag: string) => string | undefined;

export type FilterParse =
  | { readonly ok: true; readonly extract: Extract; readonly stepsPerCharacter: number }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** Without a filter each tag is its own text; without `extract` so is each tag that matches the pattern. */
export function compileTagFilter(filter: TagFilter | undefined): FilterParse {
  if (filter === undefined) return { ok: true, extract: (tag) => tag, stepsPerCharacter: 0 };
  const parsed = compileRegexp(filter.pattern);
  if (!parsed.ok) return parsed;
  const { regexp } = parsed;
  const stepsPerCharacter = regexp.size;
  if (filter.extract === undefined || filter.extract === '') {
    return { ok: true, stepsPerCharacter, extract: (tag) => (regexp.matches(tag) ? tag : undefined) };
  }
  const template = parseTemplate(filter.extract, regexp);
  if (!template.ok) return template;
  return {
    ok: true,
    stepsPerCharacter,
    extract: (tag) => {
      // Asking for groups is the slow way: most tags of a listing do not match at all.
      const groups = regexp.matches(tag) ? regexp.groups(tag) : undefined;
      return groups === undefined ? undefined : expandTemplate(template.pieces, groups);
    },
  };
}
