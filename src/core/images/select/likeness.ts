/** How alike two tags are written: with or without `v`, and in how many numbers. */

const SHAPE = /^(?<v>v?)(?<numbers>\d+(?:\.\d+)*)/;

/** Gives 0 to 3 for a tag, 3 for one written like `current`; 0 for all where `current` is no version. */
export function likenessTo(current: string | undefined): (tag: string) => number {
  const wanted = current === undefined ? undefined : shapeOf(current);
  return (tag) => {
    const shape = wanted === undefined ? undefined : shapeOf(tag);
    if (wanted === undefined || shape === undefined) return 0;
    return 2 * Number(shape.v === wanted.v) + Number(shape.parts === wanted.parts);
  };
}

function shapeOf(tag: string): { readonly v: string; readonly parts: number } | undefined {
  const groups = SHAPE.exec(tag)?.groups;
  if (groups === undefined) return undefined;
  const { v = '', numbers = '' } = groups;
  return { v, parts: numbers.split('.').length };
}
