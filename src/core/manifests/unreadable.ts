/** The problem of a file that is no YAML. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { SourceText } from './source-text.ts';

/** `reason`: one clause. A file with lines of template language is called what it is. */
export function unreadableProblem(
  source: SourceText,
  { offset, reason }: { readonly offset: number; readonly reason: string },
): Problem {
  const template = findTemplateLine(source.text);
  if (template !== undefined) {
    return {
      severity: 'error',
      code: 'MANIFEST_IS_TEMPLATE',
      message: `file is a template, not YAML: a line consists of ${printable(template.text)}`,
      position: source.positionAt(template.offset),
      hint: 'Keep templates outside of the environment path, or render them first.',
    };
  }
  return {
    severity: 'error',
    code: 'MANIFEST_UNREADABLE',
    message: `file cannot be read as YAML: ${reason}`,
    position: source.positionAt(Math.min(offset, source.text.length)),
    hint: 'Correct the file; until then none of its documents counts.',
  };
}

/** A line of its own such as `{{- if .Values.enabled }}`: what makes a file a Go template and breaks it as YAML. */
function findTemplateLine(text: string): { readonly offset: number; readonly text: string } | undefined {
  const match = /^[ \t]*(\{\{-?[^\n]{0,200}?\}\})[ \t]*\r?$/m.exec(text);
  if (match?.[1] === undefined) return undefined;
  return { offset: match.index + match[0].indexOf('{{'), text: match[1] };
}
