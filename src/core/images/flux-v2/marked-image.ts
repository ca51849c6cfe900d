/** One image from the values that are marked for it. */
import { printable } from '../../../base/printable.ts';
import type { SourceText } from '../../manifests/source-text.ts';
import { splitVersion } from '../locate/describe-image.ts';
import { type ImageText, readImageText } from '../locate/image-scalar.ts';
import type { ImageField, ImageUse, WorkloadPolicies } from '../locate/image-use.ts';
import { isDigest, isTag, parseReference } from '../reference.ts';
import type { MarkerGroup } from './group-markers.ts';
import type { ImageMark } from './image-policy.ts';
import type { MarkerPart } from './parse-marker.ts';

export interface MarkedImage {
  readonly source: SourceText;
  readonly group: MarkerGroup;
  /** The image that was found in one of the values, if one was. */
  readonly located: ImageUse | undefined;
  readonly follows: ImageMark['follows'];
  readonly subject: string;
  readonly policies: WorkloadPolicies;
}

/** The use of the policy's image. A value that must not be edited makes a use with a refusal. */
export function describeMarked(given: MarkedImage): ImageUse {
  const { source, group, located, follows, subject, policies } = given;
  const [first] = group;
  // Whatever the part: an empty value can be filled in.
  const texts = new Map(group.map(({ part, value }) => [part, readImageText({ source }, 'tag', value)]));
  const current = currentVersion(texts);
  const fields = [...texts].flatMap(([role, text]): ImageField[] =>
    text.kind === 'text' ? [{ role, span: text.span }] : [],
  );
  const unmarked = texts.has('digest') || texts.has('image') ? undefined : digestBeside(located);
  const name = 'fault' in follows ? (current.name ?? first.policy) : follows.image;
  return {
    subject,
    container: located?.container ?? first.policy.slice(first.policy.indexOf('/') + 1),
    name: printable(name),
    tag: current.tag,
    digest: current.digest ?? unmarked?.span.source,
    position: positionOf(given),
    fields: unmarked === undefined ? fields : [...fields, unmarked],
    policies,
    // Where nothing can be followed, the name may be none.
    refusal: current.refusal ?? ('fault' in follows ? follows.fault : undefined),
    mark: {
      policyName: first.policy,
      position: first.position,
      follows,
      writtenName: current.name,
      digestMarked: texts.has('digest'),
    },
  };
}

interface Current {
  readonly name?: string | undefined;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
  readonly refusal?: string | undefined;
}

function currentVersion(texts: ReadonlyMap<MarkerPart, ImageText>): Current {
  for (const [part, text] of texts) if (text.kind === 'refused') return { refusal: `${part} ${text.reason}` };
  const text = (part: MarkerPart): string | undefined => {
    const found = texts.get(part);
    return found?.kind === 'text' ? found.text : undefined;
  };
  const whole = text('image');
  if (whole !== undefined) return wholeReference(whole);
  const { tag, digest } = splitVersion(`:${text('tag') ?? ''}`);
  if (tag !== '' && !isTag(tag)) return { refusal: `the marked value ${printable(tag)} is no tag` };
  const written = text('digest') ?? digest;
  return {
    name: text('name'),
    tag: tag === '' ? undefined : tag,
    digest: isDigest(written) ? written : undefined,
  };
}

function wholeReference(text: string): Current {
  if (text === '') return { name: '' };
  const reference = parseReference(text);
  return 'error' in reference ? { refusal: `the marked value is no image: ${reference.error}` } : reference;
}

/** A digest that nobody marked, beside a tag that is: it would keep the old image running. */
function digestBeside(located: ImageUse | undefined): ImageField | undefined {
  return located?.fields.find(({ role, span }) => role === 'digest' && isDigest(span.source));
}

/** Of the value that a new version goes into. */
function positionOf({ source, group }: MarkedImage) {
  const marker = group.find(({ part }) => part === 'tag' || part === 'image') ?? group[0];
  return source.positionAt(marker.value.node.start);
}
