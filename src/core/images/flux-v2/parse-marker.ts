/**
 * The text of an image policy marker.
 * Source: https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources
 */
import { suggestion } from '../../../base/nearest.ts';
import { printable } from '../../../base/printable.ts';

/** What of the image the marked value holds; `image`: the whole reference. */
export type MarkerPart = 'image' | 'name' | 'tag' | 'digest';

export interface MarkerText {
  /** `namespace/name` of the ImagePolicy. */
  readonly policy: string;
  readonly part: MarkerPart;
}

export type MarkerParse =
  | { readonly ok: true; readonly marker: MarkerText }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const KEY = '$imagepolicy';
const PARTS: readonly MarkerPart[] = ['name', 'tag', 'digest'];
const EXAMPLE = '# {"$imagepolicy": "namespace:policy:tag"}';

/** Names of objects, as in Kubernetes. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/**
 * Reads a comment, `#` included: it must be one JSON object with text values, `{"$imagepolicy": "ns:name[:part]"}`,
 * and nothing beside it.
 */
export function parseMarker(comment: string): MarkerParse {
  const fields = parseFields(comment.replace(/^#+/, ''));
  if (fields === undefined) {
    return {
      ok: false,
      message: 'the comment is not one JSON object with text values and nothing beside it',
      hint: `Write ${EXAMPLE}, with other words in a comment of their own line.`,
    };
  }
  const setter = fields[KEY];
  if (setter === undefined || setter === '') {
    return { ok: false, message: `the comment names no policy in ${KEY}`, hint: `Write ${EXAMPLE}.` };
  }
  const [namespace = '', name = '', part, ...more] = setter.split(':');
  if (more.length > 0 || !NAME.test(namespace) || !NAME.test(name)) {
    const message = `'${printable(setter)}' is not the namespace and the name of a policy`;
    return { ok: false, message, hint: `Write ${EXAMPLE}, or without the last part for the whole image.` };
  }
  if (part === undefined) return { ok: true, marker: { policy: `${namespace}/${name}`, part: 'image' } };
  const known = PARTS.find((candidate) => candidate === part);
  if (known !== undefined) return { ok: true, marker: { policy: `${namespace}/${name}`, part: known } };
  return {
    ok: false,
    message: `'${printable(part)}' is no part of an image`,
    hint: suggestion(part, PARTS) ?? `Write ${EXAMPLE}.`,
  };
}

function parseFields(json: string): Readonly<Record<string, string>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value);
    return entries.every(([, text]) => typeof text === 'string') ? Object.fromEntries(entries) : undefined;
  } catch {
    // Not JSON: the caller says so.
    return undefined;
  }
}
