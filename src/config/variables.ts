/**
 * `${NAME}` in the configuration. An unquoted one inside a flow map is no YAML (`{` opens a map there), so before parsing each
 * reference is shifted, character by character, into a private-use block of Unicode: same length, so every position stays true,
 * and the name can be read back from any text it ends up in. Values are put in after parsing and never parsed as YAML.
 * `$${NAME}` stands for the text `${NAME}`.
 */

const REFERENCE = /\$?\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** ASCII shifted to U+E000…U+E07F, in Unicode's private-use area. */
const SHIFT = 0xe000;
const SHIFTED = /[\uE000-\uE07F]+/g;
const SHIFTED_REFERENCE = /(\uE024?)\uE024\uE07B([\uE030-\uE07A]+)\uE07D/g;

/** The index of the first character that hiding could not tell from its own, or -1. */
export function findReserved(source: string): number {
  return source.search(SHIFTED);
}

/** `source` with every reference shifted out of YAML's sight; same length. */
export function hideReferences(source: string): string {
  return source.replace(REFERENCE, (reference) => shift(reference, SHIFT));
}

/** `text` as it was written, for messages. */
export function showReferences(text: string): string {
  return text.replace(SHIFTED, (shifted) => shift(shifted, -SHIFT));
}

export interface Reference {
  readonly name: string;
  /** Offset of the `$` in the text searched. */
  readonly offset: number;
}

/** The references in hidden `text`, in order; escaped ones are none. */
export function referencesIn(text: string): readonly Reference[] {
  const references: Reference[] = [];
  for (const match of text.matchAll(SHIFTED_REFERENCE)) {
    if (match[1] === '') references.push({ name: shift(match[2] ?? '', -SHIFT), offset: match.index });
  }
  return references;
}

/** Hidden `text` with the values put in; what has no value is left as it was written. */
export function putValues(text: string, lookUp: (name: string) => string | undefined): string {
  return text.replace(SHIFTED_REFERENCE, (reference: string, escaped: string, name: string) => {
    if (escaped !== '') return shift(reference.slice(1), -SHIFT);
    return lookUp(shift(name, -SHIFT)) ?? shift(reference, -SHIFT);
  });
}

function shift(text: string, by: number): string {
  return String.fromCharCode(...Array.from(text, (char) => char.charCodeAt(0) + by));
}
