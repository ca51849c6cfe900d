/** The lines that an edit changes, for people: what `--dry-run` shows. */
import type { SourceFile } from '../../manifests/source-file.ts';

/** More lines than this on both sides are shown whole: the comparison takes their product. */
const MOST_COMPARED = 1_000;

/** `file:line` of the first difference, then `-old` and `+new` lines without those that stay. Empty where nothing differs. */
export function changedLines(before: SourceFile, after: Uint8Array): readonly string[] {
  const old = linesOf(before.bytes);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const changes = compare(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return changes.length === 0 ? [] : [`${before.path}:${start + 1}`, ...changes];
}

function linesOf(bytes: Uint8Array): readonly string[] {
  return new TextDecoder().decode(bytes).split(/\r?\n/);
}

function compare(old: readonly string[], now: readonly string[]): readonly string[] {
  if (old.length * now.length > MOST_COMPARED ** 2) {
    return [...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`)];
  }
  const common = commonLengths(old, now);
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      i++;
      j++;
    } else if (j === now.length || (i < old.length && at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push(`-${old[i++]}`);
    } else {
      lines.push(`+${now[j++]}`);
    }
  }
  return lines;
}

/** How many lines the rests from `i` and from `j` on have in common, in order. */
function commonLengths(old: readonly string[], now: readonly string[]): readonly (readonly number[])[] {
  const common: number[][] = Array.from({ length: old.length + 1 }, () => []);
  for (let i = old.length - 1; i >= 0; i--) {
    const row = common[i] ?? [];
    for (let j = now.length - 1; j >= 0; j--) {
      row[j] = old[i] === now[j] ? at(common, i + 1, j + 1) + 1 : Math.max(at(common, i + 1, j), row[j + 1] ?? 0);
    }
  }
  return common;
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}
