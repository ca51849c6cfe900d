import { TEMPLATE_FIELDS } from '../core/images/commit-message.ts';
import type { ImageRule } from '../core/images/image-rule.ts';
import type { FieldRule } from '../core/images/locate/field-rule.ts';
import type { ClusterConfig, CommitConfig, EnvironmentConfig, RegistryConfig } from './config.ts';
import { fieldShape } from './field-shape.ts';
import { imageShape } from './image-shape.ts';
import { judgeBranch, judgeEnvironment, judgeGlob, judgeIdentity, judgePath, judgeTemplate } from './names.ts';
import { type NotifierChoice, notifierShape } from './notifier-shape.ts';
import { registriesShape } from './registry-shape.ts';
import { defaulting, entriesOf, listOf, mapped, object, optional, placed, required } from './shape/collections.ts';
import { constant, textThat, yesOrNo } from './shape/scalars.ts';
import type { Shape } from './shape/shape.ts';

/** The configuration as written: notifiers not yet chosen. */
export interface WrittenConfig {
  readonly version: 1;
  readonly environments: readonly EnvironmentConfig[];
  readonly registries: readonly RegistryConfig[];
  readonly notify: readonly NotifierChoice[];
  readonly images: readonly ImageRule[];
  readonly fields: readonly FieldRule[];
  readonly commit: CommitConfig;
}

export function configShape(): Shape<WrittenConfig> {
  return object<WrittenConfig>({
    version: required(constant(1), 'The version of this format: 1.'),
    environments: required(environmentsShape(), 'The environments by name.'),
    registries: defaulting(
      optional(registriesShape(), 'How to reach registries and log in to them, by their name in image references.'),
      [],
    ),
    notify: defaulting(optional(listOf(notifierShape()), 'Who is told about runs that changed or failed.'), []),
    images: defaulting(optional(listOf(imageShape()), 'Policies for images by name.'), []),
    fields: defaulting(optional(listOf(fieldShape()), 'Where the images of custom kinds stand.'), []),
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
    values: defaulting(
      optional(
        listOf(placed(textThat(judgeGlob)), { orOne: true }),
        'Helm values files whose images are kept up to date: globs over the paths of the repository.',
      ),
      [],
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

function commitShape(): Shape<CommitConfig> {
  const author = object<{ name: string; email: string }>({
    name: required(textThat(judgeIdentity), 'The name of the author.'),
    email: required(textThat(judgeIdentity), 'The address of the author.'),
  });
  return object<CommitConfig>({
    message: optional(
      placed(textThat(judgeTemplate)),
      `Template of the message, with ${TEMPLATE_FIELDS.map((field) => `{${field}}`).join(', ')}; default: the wording of Flux.`,
    ),
    author: optional(author, 'Who makes the commits.'),
  });
}
