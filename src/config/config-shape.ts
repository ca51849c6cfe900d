/** The keys of `.towpath.yaml`: one table from which the validator and the JSON Schema are made. */
import type { Position } from '../base/errors.ts';
import type { Placed } from '../core/images/image-use.ts';
import type { PolicyParse, TagPolicy } from '../core/images/tag-policy.ts';
import type {
  ClusterConfig,
  CommitConfig,
  EnvironmentConfig,
  ImageRule,
  RegistryConfig,
  UpdateWindow,
  Weekday,
} from './config.ts';
import {
  judgeBranch,
  judgeDuration,
  judgeEndpoint,
  judgeEnvironment,
  judgeGlob,
  judgeIdentity,
  judgePath,
  judgePlatform,
  judgeRegistry,
  judgeTimeOfDay,
  judgeTimeZone,
} from './names.ts';
import { type NotifierChoice, notifierShape } from './notifier-shape.ts';
import { defaulting, entriesOf, listOf, mapped, object, optional, required } from './shape/collections.ts';
import { constant, text, textThat, yesOrNo } from './shape/scalars.ts';
import { accept, type Judgement, refuse, type Shape } from './shape/shape.ts';

export type ParsePolicy = (text: string) => PolicyParse;

/** The configuration as written: notifiers not yet chosen. */
export interface WrittenConfig {
  readonly version: 1;
  readonly environments: readonly EnvironmentConfig[];
  readonly registries: readonly RegistryConfig[];
  readonly notify: readonly NotifierChoice[];
  readonly images: readonly ImageRule[];
  readonly commit: CommitConfig;
}

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `parsePolicy` gives the policies of `images` their meaning; without it they stay text. */
export function configShape(parsePolicy?: ParsePolicy): Shape<WrittenConfig> {
  return object<WrittenConfig>({
    version: required(constant(1), 'The version of this format: 1.'),
    environments: required(environmentsShape(), 'The environments by name.'),
    registries: defaulting(
      optional(registriesShape(), 'How to reach registries, by their name in image references.'),
      [],
    ),
    notify: defaulting(optional(listOf(notifierShape()), 'Who is told about runs that changed or failed.'), []),
    images: defaulting(optional(listOf(imageShape(parsePolicy)), 'Policies for images by name.'), []),
    commit: defaulting(optional(commitShape(), 'What the commits look like.'), {
      message: undefined,
      author: undefined,
    }),
  });
}

function environmentsShape(): Shape<readonly EnvironmentConfig[]> {
  const shape = object<Omit<EnvironmentConfig, 'name' | 'position' | 'paths'> & { path: EnvironmentConfig['paths'] }>({
    branch: optional(textThat(judgeBranch), 'The branch that is read and committed to; default: the one checked out.'),
    path: required(
      listOf(placed(textThat(judgePath)), { orOne: true, atLeastOne: true }),
      'A directory or file of manifests, or a list of them, relative to the root of the repository.',
    ),
    clusters: optional(
      listOf(clusterShape()),
      'The clusters it is applied to; default: the current context; an empty list: none.',
    ),
    generators: defaulting(optional(yesOrNo(), 'Whether .flux.yaml files may run the commands they name.'), false),
  });
  const entries = entriesOf(shape, { judgeName: judgeEnvironment, atLeastOne: true });
  return mapped(entries, (list) =>
    list.map(({ name, position, value: { path, ...rest } }) => ({ name, position, ...rest, paths: path })),
  );
}

function clusterShape(): Shape<ClusterConfig> {
  const shape = object<{ context: string }>({
    context: required(textThat(judgeGlob), 'Glob over the contexts of the kubeconfig.'),
  });
  return mapped(shape, ({ context }, position) => ({ context, position }));
}

function registriesShape(): Shape<readonly RegistryConfig[]> {
  const shape = object<{ endpoint: string | undefined }>({
    endpoint: optional(
      textThat(judgeEndpoint, { pattern: '^(https?://|\\$\\{)' }),
      'Where to really ask: a mirror, a proxy, a test registry; http or https.',
    ),
  });
  const entries = entriesOf(shape, { judgeName: judgeRegistry, atLeastOne: false });
  return mapped(entries, (list) => list.map(({ name, position, value }) => ({ name, position, ...value })));
}

function imageShape(parsePolicy: ParsePolicy | undefined): Shape<ImageRule> {
  const shape = object<Omit<ImageRule, 'position' | 'minimumAgeMs' | 'parsedPolicy' | 'policy'> & Written>({
    image: required(textThat(judgeGlob), 'Glob over image names, without tag.'),
    container: optional(textThat(judgeGlob), 'Glob over container names; default: every container.'),
    policy: required(policyShape(parsePolicy), 'Which tags may be chosen, such as "semver:~1.4" or "glob:main-*".'),
    pin: optional(yesOrNo(), 'Whether the digest is written beside the tag; default: as the manifest has it.'),
    platforms: defaulting(
      optional(listOf(textThat(judgePlatform)), 'Platforms a tag must have, such as linux/arm64.'),
      [],
    ),
    minimumAge: optional(textThat(judgeDuration), 'How old a tag must be, such as 12h or 3d.'),
    deny: defaulting(optional(listOf(textThat(judgeGlob)), 'Globs over tags that are never chosen.'), []),
    windows: defaulting(optional(listOf(windowShape()), 'When updates may happen; default: at any time.'), []),
  });
  return mapped(shape, ({ minimumAge, policy: { written, parsed }, ...rest }, position) => ({
    ...rest,
    position,
    policy: written,
    parsedPolicy: parsed,
    minimumAgeMs: minimumAge,
  }));
}

interface Written {
  readonly minimumAge: number | undefined;
  readonly policy: WrittenPolicy;
}

interface WrittenPolicy {
  readonly written: Placed<string>;
  readonly parsed: TagPolicy | undefined;
}

function policyShape(parsePolicy: ParsePolicy | undefined): Shape<WrittenPolicy> {
  const judge = (value: string): Judgement<{ value: string; parsed: TagPolicy | undefined }> => {
    const parse = parsePolicy?.(value);
    if (parse === undefined || parse.ok) return accept({ value, parsed: parse?.policy });
    return refuse(`is not a policy: ${parse.message}`, parse.hint ?? 'Write it as kind:pattern.');
  };
  return mapped(textThat(judge), ({ value, parsed }, position) => ({ written: { value, position }, parsed }));
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

function commitShape(): Shape<CommitConfig> {
  const author = object<{ name: string; email: string }>({
    name: required(textThat(judgeIdentity), 'The name of the author.'),
    email: required(textThat(judgeIdentity), 'The address of the author.'),
  });
  return object<CommitConfig>({
    message: optional(placed(text()), 'Template of the message; default: the wording of Flux.'),
    author: optional(author, 'Who makes the commits.'),
  });
}

function placed<T>(shape: Shape<T>): Shape<Placed<T>> {
  return mapped(shape, (value, position: Position) => ({ value, position }));
}
