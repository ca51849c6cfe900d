/** An entry of `images`: a policy for images by name, and the conditions beside it. */
import type { Node } from 'yaml';
import type { ImageRule } from '../core/images/image-rule.ts';
import type { Placed } from '../core/images/locate/image-use.ts';
import { parseConfigPolicy, type TagFilter } from '../core/images/select/tag-policy.ts';
import type { UpdateWindow, Weekday } from '../core/images/select/update-window.ts';
import { judgeDuration, judgeGlob, judgePlatform, judgeTimeOfDay, judgeTimeZone } from './names.ts';
import { defaulting, listOf, mapped, object, optional, placed, required } from './shape/collections.ts';
import type { Reading } from './shape/reading.ts';
import { text, textThat, yesOrNo } from './shape/scalars.ts';
import { accept, INVALID, refuse, type Shape } from './shape/shape.ts';

/** The entry as written: the policy and its filter make sense together only. */
interface WrittenRule extends Omit<ImageRule, 'position' | 'policy' | 'minimumAgeMs'> {
  readonly policy: Placed<string> | undefined;
  readonly filter: TagFilter | undefined;
  readonly minimumAge: number | undefined;
}

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export function imageShape(): Shape<ImageRule> {
  const shape = writtenShape();
  return { schema: shape.schema, read: (node, reading) => readRule(node, { shape, reading }) };
}

function writtenShape(): Shape<WrittenRule> {
  return object<WrittenRule>({
    image: required(textThat(judgeGlob), 'Glob over image names, without tag.'),
    container: optional(textThat(judgeGlob), 'Glob over container names; default: every container.'),
    policy: optional(
      placed(text()),
      'Which tags may be chosen, such as "semver:~1.4" or "glob:main-*"; default: as the manifest says.',
    ),
    filter: optional(filterShape(), 'Which tags are looked at, and the part of them that is compared.'),
    pin: optional(yesOrNo(), 'Whether the digest is written beside the tag; default: as the manifest has it.'),
    platforms: defaulting(
      optional(listOf(textThat(judgePlatform)), 'Platforms a tag must have, such as linux/arm64.'),
      [],
    ),
    minimumAge: optional(textThat(judgeDuration), 'How old a tag must be, such as 12h or 3d.'),
    deny: defaulting(optional(listOf(textThat(judgeGlob)), 'Globs over tags that are never chosen.'), []),
    windows: defaulting(optional(listOf(windowShape()), 'When updates may happen; default: at any time.'), []),
  });
}

function filterShape(): Shape<TagFilter> {
  return object<TagFilter>({
    pattern: required(text(), 'Regular expression (RE2) that tags must match, with named groups.'),
    extract: optional(text(), 'The part that is compared, such as $version; default: the whole tag.'),
  });
}

function readRule(
  node: Node | null,
  { shape, reading }: { shape: Shape<WrittenRule>; reading: Reading },
): ImageRule | typeof INVALID {
  const written = shape.read(node, reading);
  if (written === INVALID) return INVALID;
  const { filter, minimumAge, policy, ...rest } = written;
  const conditions = { ...rest, position: reading.positionOf(node), minimumAgeMs: minimumAge };
  if (policy === undefined) {
    if (filter === undefined) return { ...conditions, policy: undefined };
    reading.complainAt(conditions.position, {
      code: 'CONFIG_POLICY',
      message: 'has a filter and no policy',
      hint: 'Add policy.',
    });
    return INVALID;
  }
  const parsed = parseConfigPolicy(policy.value, filter);
  return reading.within('policy', () => {
    if (!parsed.ok) {
      const complaint = {
        code: 'CONFIG_POLICY',
        message: `is not usable: ${parsed.message}`,
        hint: parsed.hint,
      } as const;
      reading.complainAt(policy.position, complaint);
      return INVALID;
    }
    if (parsed.warning !== undefined) {
      reading.warnAt(policy.position, { code: 'CONFIG_POLICY', message: `${reading.path}: ${parsed.warning}` });
    }
    return { ...conditions, policy: { value: parsed.policy, position: policy.position } };
  });
}

function windowShape(): Shape<UpdateWindow> {
  const day = textThat<Weekday>(
    (name) => {
      const known = WEEKDAYS.find((weekday) => weekday === name);
      return known === undefined ? refuse('is not a day of the week', `Use: ${WEEKDAYS.join(', ')}.`) : accept(known);
    },
    { enum: WEEKDAYS },
  );
  const shape = object<{
    days: readonly Weekday[];
    from: number | undefined;
    to: number | undefined;
    timeZone: string;
  }>({
    days: defaulting(
      optional(listOf(day, { atLeastOne: true }), 'The days on which it begins; default: all.'),
      WEEKDAYS,
    ),
    from: optional(textThat(judgeTimeOfDay), 'When it begins, such as 09:00; default: midnight.'),
    to: optional(
      textThat(judgeTimeOfDay),
      'When it ends, such as 16:30; default: midnight; before from: the next day.',
    ),
    timeZone: defaulting(optional(textThat(judgeTimeZone), 'IANA name of the time zone; default: UTC.'), 'UTC'),
  });
  return mapped(shape, ({ days, from, to, timeZone }) => ({
    days,
    fromMinute: from ?? 0,
    toMinute: to ?? 24 * 60,
    timeZone,
  }));
}
