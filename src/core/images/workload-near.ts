/** Names that a mistyped one may stand for. */

const MOST = 3;

/**
 * At most three of `names` that differ from `word` in one stretch of two characters, or of a third of what follows the last slash; in
 * the order given. A slip of the keyboard is such a stretch, and so are two letters in the wrong order.
 */
export function nearNames(word: string, names: readonly string[]): readonly string[] {
  const most = Math.max(2, (word.length - word.lastIndexOf('/')) / 3);
  return [...new Set(names)].filter((name) => differingStretch(word, name) <= most).slice(0, MOST);
}

/** What is left of the longer text without what both begin and end with; letter case does not count. */
function differingStretch(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return Math.max(a.length, b.length) - start - end;
}

/** The hint for a mistyped name: the near ones, or else all of them where those are few. */
export function hintFor(word: string, names: readonly string[]): string | undefined {
  const near = nearNames(word, names);
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  const all = [...new Set(names)];
  return all.length === 0 || all.length > 10 ? undefined : `Use one of: ${all.join(', ')}.`;
}
