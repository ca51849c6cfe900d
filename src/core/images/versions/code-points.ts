/** Text in the order of its Unicode code points, which is also the order of its UTF-8 bytes. */

/** Negative, zero or positive; JavaScript's own `<` orders by UTF-16 units, which puts U+1F600 before U+FFFD. */
export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    if (a.charCodeAt(index) === b.charCodeAt(index)) continue;
    return unitRank(a.charCodeAt(index)) - unitRank(b.charCodeAt(index));
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others, so they are moved behind the rest of the units. */
function unitRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
