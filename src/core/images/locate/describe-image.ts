/** Joins the parts of an image to one use: its name, its version, and the scalars that hold them. */

import type { Problem } from '../../../base/errors.ts';
import { printable } from '../../../base/printable.ts';
import { parseReference } from '../reference.ts';
import type { ImageHolder } from './image-holder.ts';
import type { ImageText } from './image-scalar.ts';
import type { ImageField, ImageRole, ImageUse, WorkloadPolicies } from './image-use.ts';

export interface ImagePart {
  readonly role: ImageRole;
  readonly text: ImageText;
}

export interface ImageParts {
  readonly holder: ImageHolder;
  readonly policies: WorkloadPolicies;
  readonly container: string;
  /** The scalar that holds at least the image's name. Not absent. */
  readonly main: ImagePart;
  /** Further scalars, each of a role of its own: registry, tag, digest. */
  readonly others?: readonly ImagePart[];
}

export type DescribedImage =
  | { readonly kind: 'use'; readonly use: ImageUse }
  | { readonly kind: 'problem'; readonly problem: Problem };

/**
 * The image that the parts make up; a problem where they are no image reference. A part that must not be edited makes
 * a use with a refusal, whose name may be no name at all.
 */
export function describeImage(parts: ImageParts): DescribedImage {
  const { holder, policies, container } = parts;
  const all = [parts.main, ...(parts.others ?? [])];
  const base = { subject: holder.subject, container: printable(container), policies };
  const fields = all.flatMap(toField);
  for (const { role, text } of all) {
    if (text.kind !== 'refused') continue;
    const position = holder.source.positionAt(text.offset);
    const refusal = `${role} ${text.reason}`;
    const name = parts.main.text.kind === 'text' ? parts.main.text.text : text.written;
    return {
      kind: 'use',
      use: { ...base, name: printable(name), tag: undefined, digest: undefined, position, fields: [], refusal },
    };
  }
  const position = positionOf(parts);
  const reference = parseReference(joinReference(parts));
  if ('error' in reference) return { kind: 'problem', problem: invalidImage(parts, reference.error) };
  const { name, tag, digest } = reference;
  return { kind: 'use', use: { ...base, name, tag, digest, position, fields, refusal: undefined } };
}

/** The parts as one reference: a tag or a digest of its own overrules one in the main scalar. */
function joinReference(parts: ImageParts): string {
  const { main, others = [] } = parts;
  const text = (role: ImageRole) => textOf(others.find((part) => part.role === role));
  const registry = text('registry').replace(/\/+$/, '');
  const written = splitVersion(registry === '' ? textOf(main) : `${registry}/${textOf(main)}`);
  const own = splitVersion(`:${text('tag')}`);
  const tag = own.tag === '' ? written.tag : own.tag;
  const digest = text('digest') || own.digest || written.digest;
  return `${written.name}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
}

/** Whether there is a place for the version: in a part of its own, even an empty one, or behind the name. */
export function hasVersion({ main, others = [] }: Pick<ImageParts, 'main' | 'others'>): boolean {
  const { tag, digest } = splitVersion(textOf(main));
  if (main.text.kind !== 'text' || tag !== '' || digest !== '') return true;
  return others.some(({ role, text }) => (role === 'tag' || role === 'digest') && text.kind !== 'absent');
}

/** `name:tag@digest` cut at its marks, without a look at what stands between them. */
export function splitVersion(text: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const at = text.indexOf('@');
  const beforeDigest = at === -1 ? text : text.slice(0, at);
  const digest = at === -1 ? '' : text.slice(at + 1);
  const colon = beforeDigest.indexOf(':', beforeDigest.lastIndexOf('/') + 1);
  if (colon === -1) return { name: beforeDigest, tag: '', digest };
  return { name: beforeDigest.slice(0, colon), tag: beforeDigest.slice(colon + 1), digest };
}

function textOf(part: ImagePart | undefined): string {
  return part?.text.kind === 'text' ? part.text.text : '';
}

function toField({ role, text }: ImagePart): ImageField[] {
  return text.kind === 'text' ? [{ role, span: text.span }] : [];
}

/** Of the scalar that a new version goes into. */
function positionOf({ main, others = [], holder }: ImageParts) {
  const tag = others.find((part) => part.role === 'tag' && part.text.kind === 'text') ?? main;
  return tag.text.kind === 'text' ? tag.text.span.position : holder.position;
}

function invalidImage(parts: ImageParts, reason: string): Problem {
  const { automated, ignore } = parts.policies;
  return {
    severity: automated && ignore !== 'true' ? 'error' : 'warning',
    code: 'IMAGE_INVALID',
    message: `${parts.holder.subject} ${printable(parts.container)}: ${reason}`,
    position: positionOf(parts),
    subject: parts.holder.subject,
    hint: 'Correct the image reference, or remove the annotation that automates it.',
  };
}
