/** Text from elsewhere inside Markdown: shown as it is, never obeyed. */
import { oneLine } from '../../base/printable.ts';

/**
 * Characters that mean something to Markdown, to its tables or to HTML; an underscore inside of a word means nothing.
 * An entity never does: https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
const MEANINGFUL = /[&<>|`*~[\]\\$\u200B]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** Where GitHub would see a mention, or a reference to an issue. */
const REFERENCE = /(?<![A-Za-z0-9])@(?=[A-Za-z0-9_])|#(?=[0-9])|(?<![A-Za-z0-9])GH-(?=[0-9])/gi;

/** Prose: no markup, no HTML, no mention, no reference to an issue. */
export function prose(text: string, most = 1_000): string {
  // GitHub looks for references in the rendered text, where an entity is a character again: a zero-width space parts them.
  return escapeMarkdown(oneLine(text, { longest: most }).replace(REFERENCE, '$&\u200B'));
}

/** A name in code font. Most names need no escape; for the others an HTML element takes what backticks cannot. */
export function code(text: string, most = 1_000): string {
  const shown = oneLine(text, { longest: most });
  if (shown === '') return '';
  return /^[\w./:@+=,→-]+(?: [\w./:@+=,→-]+)*$/.test(shown) ? `\`${shown}\`` : `<code>${escapeMarkdown(shown)}</code>`;
}

function escapeMarkdown(text: string): string {
  return text.replace(MEANINGFUL, (char) => `&#${char.charCodeAt(0)};`);
}
