/** Fits a page of Markdown into a number of bytes: whole rows are left out and counted. */

/** A part of the page: `rows` may be cut, the rest may not. */
export interface Section {
  readonly head: readonly string[];
  readonly rows: readonly string[];
  /** After the rows, as the end of an element. */
  readonly tail?: readonly string[];
  /** Gets what room the others leave; left out as a whole where that is not enough for its head and a row. */
  readonly extra?: boolean;
}

/** For the count of what is left out. */
const RESERVE = 40;

/** Heads always stay; rows fill what room is left, in order, and the missing ones are counted. */
export function fitSections(sections: readonly Section[], maxBytes: number): string {
  let room = maxBytes;
  for (const section of sections) if (!section.extra) room -= frameBytes(section);
  const parts = new Map<Section, string>();
  const fill = (section: Section) => {
    const kept: string[] = [];
    for (const row of section.rows) {
      const bytes = bytesOf([row]);
      if (bytes > room) break;
      room -= bytes;
      kept.push(row);
    }
    if (!section.extra || kept.length > 0) parts.set(section, render(section, kept));
  };
  for (const section of sections) if (!section.extra) fill(section);
  for (const section of sections) {
    if (!section.extra || frameBytes(section) > room) continue;
    room -= frameBytes(section);
    fill(section);
  }
  return `${sections.flatMap((section) => parts.get(section) ?? []).join('\n\n')}\n`;
}

function frameBytes({ head, tail = [] }: Section): number {
  return bytesOf(head) + (tail.length === 0 ? 0 : bytesOf(tail) + 1) + RESERVE;
}

function render({ head, rows, tail = [] }: Section, kept: readonly string[]): string {
  const missing = rows.length - kept.length;
  const gap = head.length === 1 && rows.length > 0 ? [''] : [];
  const more = missing === 0 ? [] : ['', `… and ${missing} more.`];
  const end = tail.length === 0 ? [] : ['', ...tail];
  return [...head, ...gap, ...kept, ...more, ...end].join('\n');
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + utf8Length(line) + 1, 0);
}

/** Bytes of `line` in UTF-8. */
function utf8Length(line: string): number {
  let bytes = 0;
  for (const char of line) {
    const codePoint = char.codePointAt(0) ?? 0;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return bytes;
}
