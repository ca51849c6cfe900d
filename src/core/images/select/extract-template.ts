/** Templates such as `$ts`, `${ts}` or `$1` over the groups of a regular expression. */
import { printable } from '../../../base/printable.ts';
import type { Regexp } from './regexp.ts';

/** Literal text, or the number of a group. */
export type TemplatePiece = string | number;

export type TemplateParse =
  | { readonly ok: true; readonly pieces: readonly TemplatePiece[] }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const REFERENCE = /\$(?:(?<dollar>\$)|\{(?<braced>[\p{L}\p{Nd}_]+)\}|(?<plain>[\p{L}\p{Nd}_]+))/gu;

/**
 * The pieces of `template` for `regexp`. A name is the longest run of letters, digits and underscores, so `$1x` means
 * a group called `1x`; `$$` is a dollar sign; a dollar sign before anything else is itself. A group that the pattern
 * does not have is an error here (Go's expansion makes it empty, and then all tags look alike).
 * https://pkg.go.dev/regexp#Regexp.Expand
 */
export function parseTemplate(template: string, regexp: Regexp): TemplateParse {
  const pieces: TemplatePiece[] = [];
  let copied = 0;
  for (const match of template.matchAll(REFERENCE)) {
    pieces.push(template.slice(copied, match.index));
    copied = match.index + match[0].length;
    const { dollar, braced, plain } = match.groups ?? {};
    const name = braced ?? plain;
    const piece = dollar ?? groupNumber(name ?? '', regexp);
    if (piece === undefined) return unknownGroup(name ?? '');
    pieces.push(piece);
  }
  pieces.push(template.slice(copied));
  return { ok: true, pieces: pieces.filter((piece) => piece !== '') };
}

/** The text of `pieces` for one match; a group that took no part is empty. */
export function expandTemplate(pieces: readonly TemplatePiece[], groups: readonly (string | undefined)[]): string {
  return pieces.map((piece) => (typeof piece === 'number' ? (groups[piece] ?? '') : piece)).join('');
}

function groupNumber(name: string, regexp: Regexp): number | undefined {
  if (!/^(?:0|[1-9]\d*)$/.test(name)) return regexp.names.get(name);
  const number = Number(name);
  return number <= regexp.groupCount ? number : undefined;
}

function unknownGroup(name: string): TemplateParse {
  const digits = /^\d+/.exec(name)?.[0];
  const hint =
    digits === undefined || digits === name
      ? 'Name a group of the pattern, as in (?P<ts>[0-9]+) and $ts'
      : `Write \${${digits}} to end the group's number before other text`;
  return { ok: false, message: `the pattern has no group '${printable(name)}' to extract`, hint };
}
