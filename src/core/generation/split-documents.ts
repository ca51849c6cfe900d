/** Where the documents of a YAML stream begin and end, without reading them. */

export interface DocumentText {
  /** The marker in front of it included, if there is one. */
  readonly start: number;
  readonly end: number;
}

/**
 * The documents of `text`, one after the other, so that together they are the whole of it. A line that begins with
 * `---` is a marker wherever it stands: no scalar can hold one. Source: https://yaml.org/spec/1.2.2/#912-document-markers
 */
export function splitDocuments(text: string): readonly DocumentText[] {
  const starts = [0];
  for (const match of text.matchAll(/\n---(?=[ \t\r\n]|$)/g)) starts.push(match.index + 1);
  const documents = starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
  return documents.filter(({ start, end }) => end > start);
}

/** Whether there is anything but markers, blanks and comments. */
export function hasContent(document: string): boolean {
  return document
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .some((line) => /^\s*[^\s#]/.test(line.replace(/^---(?=\s|$)|^\.\.\.(?=\s|$)/, '')));
}
