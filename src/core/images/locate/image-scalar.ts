/** From a scalar of a manifest to a part of an image. */

import { printable } from '../../../base/printable.ts';
import type { ScalarSpan } from '../../manifests/scalar-span.ts';
import { typeOfScalar } from '../../manifests/scalar-type.ts';
import type { Reached, ScalarNode } from '../../manifests/yaml-tree.ts';
import type { ImageHolder } from './image-holder.ts';
import type { ImageRole } from './image-use.ts';

/** What an image's part is written as; `refused` says why a bot must not touch it. */
export type ImageText =
  | { readonly kind: 'text'; readonly text: string; readonly span: ScalarSpan }
  | { readonly kind: 'refused'; readonly reason: string; readonly written: string; readonly offset: number }
  | { readonly kind: 'absent' };

/**
 * Reads one part of an image. Numbers count as their source text. What is missing is absent, and so are mappings and
 * lists, except for an unquoted template, which YAML takes for a mapping. `null` is absent for a name; as a tag or a
 * digest it is an empty text, which a new version can replace.
 */
export function readImageText(
  holder: Pick<ImageHolder, 'source'>,
  role: ImageRole,
  reached: Reached | undefined,
): ImageText {
  if (reached === undefined) return { kind: 'absent' };
  const { node } = reached;
  const written = holder.source.text.slice(node.start, Math.min(node.end, node.start + MAX_WRITTEN));
  if (node.kind !== 'scalar') {
    return written.startsWith('{{') ? refused('is a template', written, node.start) : { kind: 'absent' };
  }
  if (node.text.includes('{{')) return refused('is a template', written, node.start);
  if (node.style === 'block') return refused('is a block scalar', node.text.trim(), node.start);
  const value = typeOfScalar(node);
  if (value === null && role !== 'tag' && role !== 'digest') return { kind: 'absent' };
  if (typeof value === 'boolean') return refused('reads as a boolean; quote it', written, node.start);
  const span = spanOf(holder, { node, shared: reached.shared });
  return value === null
    ? { kind: 'text', text: '', span: { ...span, source: '' } }
    : { kind: 'text', text: node.text, span };
}

const MAX_WRITTEN = 256;

/** The place of a scalar as edits need it. */
function spanOf(holder: Pick<ImageHolder, 'source'>, { node, shared }: Reached<ScalarNode>): ScalarSpan {
  const { start, end, style, text } = node;
  return { start, end, style, source: text, position: holder.source.positionAt(start), shared };
}

function refused(reason: string, written: string, offset: number): ImageText {
  return { kind: 'refused', reason, written: printable(written), offset };
}
