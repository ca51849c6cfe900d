/** Warnings that an API server sends beside its answer. */
import { oneLine } from '../one-line.ts';

/** `299 - "text"`, several joined by commas. Source: https://www.rfc-editor.org/rfc/rfc7234#section-5.5 */
const WARNING = /(?:^|,)\s*299 \S+ "((?:[^"\\]|\\.)*)"/g;
const MAX_WARNINGS = 50;

/** The texts of a `Warning` header, each on one line. */
export function parseWarnings(header: string | undefined): readonly string[] {
  if (header === undefined) return [];
  const texts = [...header.slice(0, 64 * 1024).matchAll(WARNING)].slice(0, MAX_WARNINGS);
  return texts.map(([, text = '']) => oneLine(text.replace(/\\(.)/g, '$1')));
}
