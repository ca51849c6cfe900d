/** Text from elsewhere inside Markdown: shown as it is, never obeyed. */
import { visible } from './visible.ts';

/** Characters that mean something to Markdown, to its tables or to HTML. An entity never does: CommonMark 0.31, 2.5. */
const MEANINGFUL = /[&<>|`*_~[\]\\$]/g;

/** Prose: no markup, no HTML, no mention, no reference to an issue. */
export function prose(text: string, most?: number): string {
  return (
    visible(text, most)
      .replace(MEANINGFUL, entity)
      // A zero-width space keeps GitHub from reading a name or a number behind these; it looks at the rendered text.
      .replace(/@(?=\w)/g, '@&#8203;')
      .replace(/#(?=\d(?!\d*;))/g, '#&#8203;')
  );
}

/** A name in code font. Most names need no escape; for the others an HTML element takes what backticks cannot. */
export function code(text: string, most?: number): string {
  const shown = visible(text, most);
  if (shown === '') return '';
  return /^[\w./:@+=,→ -]+$/.test(shown) ? `\`${shown}\`` : `<code>${shown.replace(MEANINGFUL, entity)}</code>`;
}

function entity(char: string): string {
  return `&#${char.charCodeAt(0)};`;
}
