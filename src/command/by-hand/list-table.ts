/** Plain text in columns. */

/** The rows below `head`, columns two spaces apart, without spaces at the ends of lines. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  // One by one: as arguments of one call, the rows of a long listing would be too many.
  const widths = head.map((_, column) => all.reduce((width, row) => Math.max(width, (row[column] ?? '').length), 0));
  return all.map((row) =>
    widths
      .map((width, column) => (row[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd(),
  );
}
