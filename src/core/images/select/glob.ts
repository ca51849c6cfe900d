/** Globs as Flux v1 has them: only `*` is special, the whole text must match, case counts. */

/**
 * Whether a text matches `pattern`. Each part between stars is searched once and from left to right, so the work is
 * linear in the text. https://github.com/ryanuber/go-glob
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts[parts.length - 1] ?? '';
  if (parts.length === 1) return (text) => text === pattern;
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  const shortest = parts.reduce((sum, part) => sum + part.length, 0);
  return (text) => {
    if (text.length < shortest || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = holdsInOrder(text, { parts: middle, from: first.length });
    return end !== undefined && end <= text.length - last.length;
  };
}

function holdsInOrder(text: string, given: { parts: readonly string[]; from: number }): number | undefined {
  let at = given.from;
  for (const part of given.parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return undefined;
    at = found + part.length;
  }
  return at;
}
