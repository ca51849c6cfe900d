/** "Did you mean": the known words closest to one that was mistyped. */

const LONGEST_COMPARED = 128;

/** Words that are offered where several are about as near. */
const MOST_OFFERED = 3;

/** Words that are listed where none is near. */
const MOST_LISTED = 20;

/**
 * The candidate that is fewest edits away from `word`, or undefined when none is close enough to be meant.
 * Letter case does not count. Ties: the first candidate.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  return nearestFew(word, candidates)[0];
}

/** At most three candidates that may be meant, nearest first: none is more than one edit farther away than the nearest. */
export function nearestFew(word: string, candidates: Iterable<string>): readonly string[] {
  if (word.length > LONGEST_COMPARED) return [];
  const wanted = word.toLowerCase();
  const found: { readonly candidate: string; readonly distance: number }[] = [];
  let most = tolerated(word);
  for (const candidate of new Set(candidates)) {
    const distance = editDistance(wanted, candidate.toLowerCase(), most);
    if (distance > most) continue;
    found.push({ candidate, distance });
    most = Math.min(most, distance + 1);
  }
  return found
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_OFFERED)
    .map(({ candidate }) => candidate);
}

/** The hint for a mistyped word: what may be meant, or else what there is. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  const close = nearestFew(word, candidates);
  if (close.length > 0) return `Did you mean ${close.map((candidate) => `'${candidate}'`).join(' or ')}?`;
  const all = [...new Set(candidates)];
  if (all.length === 0) return undefined;
  const more = all.length > MOST_LISTED ? ` and ${all.length - MOST_LISTED} more` : '';
  return `Use one of: ${all.slice(0, MOST_LISTED).join(', ')}${more}.`;
}

/** A third of the word; of `ns:kind/name` and of `registry/image` a third of what follows the last slash, the rest being alike. */
function tolerated(word: string): number {
  return Math.max(1, Math.floor((word.length - word.lastIndexOf('/') - 1) / 3));
}

/**
 * Insertions, deletions, replacements and swaps of neighbours, each one edit (optimal string alignment); anything above `most` where
 * it is surely more than that.
 */
function editDistance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      let least = Math.min(at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(rows, i - 1, j - 1) + cost);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) least = Math.min(least, at(rows, i - 2, j - 2) + 1);
      row.push(least);
    }
    // A swap reaches back over one row, so two rows in which everything is too far decide.
    if (Math.min(...row, ...(rows[i - 1] ?? [])) > most) return most + 1;
    rows.push(row);
  }
  return at(rows, from.length, to.length);
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}
