/** The message of the commit that carries the bumps: in the form Flux v1 gave it, with what git trailers and links add. */

import { holdTrailer } from './holds/hold-trailers.ts';
import { commitLink, type ImageChange, sourceLink } from './image-change.ts';

/** What a template may name in braces, and what it stands for. */
export const TEMPLATE_FIELDS = ['subject', 'images', 'links', 'holds', 'trailers', 'count', 'branch'] as const;

export interface CommitMessageInput {
  readonly changes: readonly ImageChange[];
  /** Images that are put on hold. */
  readonly holds?: readonly HeldImage[];
  readonly branch: string;
  /** Text with `{subject}`, `{images}`, `{links}`, `{holds}`, `{trailers}`, `{count}`, `{branch}`; undefined: Flux's form. */
  readonly template: string | undefined;
}

/** An image that stays where somebody has set it. */
export interface HeldImage {
  /** The workload as commits name it. */
  readonly id: string;
  readonly container: string;
  readonly name: string;
  /** The tag or digest that it has. */
  readonly version: string;
  readonly reason: string;
}

/** `{images}` is the list of a message for several images, empty for one. Paragraphs that come out empty are left out. */
const FLUX_FORM = '{subject}\n\n{images}\n\n{links}\n\n{holds}\n\n{trailers}';

/**
 * `Auto-release <image:tag>` for one image, `Auto-release multiple (N) images` with a sorted list for several; then
 * links to what is new in the sources, and one `Image:` trailer for each image with a `Source-Commit:` where it is known.
 * Images that are put on hold have a line each, and a commit of such alone `Hold <image> at <tag> for <workload>`.
 * Repeated changes count once. Ends without a newline.
 * Source: https://github.com/fluxcd/flux/blob/v1.25.4/pkg/update/automated.go, https://git-scm.com/docs/git-interpret-trailers
 */
export function renderCommitMessage({ changes, holds = [], branch, template }: CommitMessageInput): string {
  const distinct = distinctChanges(changes);
  const fields: Record<(typeof TEMPLATE_FIELDS)[number], string> = {
    subject: distinct.length === 0 && holds.length > 0 ? holdSubject(holds) : subjectOf(distinct),
    images: distinct.length > 1 ? distinct.map((change) => ` - ${referenceOf(change)}`).join('\n') : '',
    links: unique(distinct.flatMap(({ source }) => (source === undefined ? [] : [sourceLink(source)]))).join('\n'),
    holds: holds.map(holdLine).join('\n'),
    trailers: [...trailersOf(distinct), ...holds.map(({ id, container }) => holdTrailer(id, container))].join('\n'),
    count: String(distinct.length),
    branch,
  };
  const text = (template ?? FLUX_FORM).replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(fields, name) ? fields[name as keyof typeof fields] : whole,
  );
  return text.replace(/\n{3,}/g, '\n\n').trim();
}

/** Names in braces that mean nothing: mistakes of a template's author. */
export function unknownFields(template: string): string[] {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return unique(names.filter((name) => !TEMPLATE_FIELDS.some((field) => field === name)));
}

function subjectOf(changes: readonly ImageChange[]): string {
  const [only] = changes;
  if (only === undefined) return 'Auto-release (no images)';
  return changes.length === 1
    ? `Auto-release ${referenceOf(only)}`
    : `Auto-release multiple (${changes.length}) images`;
}

function holdSubject(holds: readonly HeldImage[]): string {
  const [only] = holds;
  if (only === undefined || holds.length > 1) return `Hold multiple (${holds.length}) images`;
  return `Hold ${only.name} at ${only.version} for ${only.id}`;
}

function holdLine({ id, container, name, version, reason }: HeldImage): string {
  return `On hold: ${name} at ${version} for ${id} ${container}, ${reason}`;
}

function referenceOf({ name, to }: ImageChange): string {
  return `${name}:${to}`;
}

function trailersOf(changes: readonly ImageChange[]): string[] {
  return changes.flatMap((change) => [
    `Image: ${referenceOf(change)}${change.digest === undefined ? '' : `@${change.digest}`}`,
    ...(change.source === undefined ? [] : [`Source-Commit: ${commitLink(change.source)}`]),
  ]);
}

function distinctChanges(changes: readonly ImageChange[]): ImageChange[] {
  const byReference = new Map<string, ImageChange>();
  for (const change of changes) if (!byReference.has(referenceOf(change))) byReference.set(referenceOf(change), change);
  return [...byReference].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
