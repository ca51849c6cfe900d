/** The name that a mistyped one was probably meant to be. */

const LONGEST_COMPARED = 100;

/** The one of `names` within a third of its letters of `word`, or undefined. Ties: the first. Letter case does not count. */
export function closest(word: string, names: readonly string[]): string | undefined {
  const wanted = word.toLowerCase().slice(0, LONGEST_COMPARED);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase().slice(0, LONGEST_COMPARED));
    if (distance >= least) continue;
    best = name;
    least = distance;
  }
  return best;
}

function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (let column = 0; column < to.length; column++) {
      const replaced = (previous[column] ?? 0) + (letter === to[column] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
