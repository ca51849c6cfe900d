/** The configuration in words, for people who wonder what is in force. Secrets stay hidden. */
import { MASK } from '../base/secret.ts';
import type { ImageRule } from '../core/images/image-rule.ts';
import type { FieldRule } from '../core/images/locate/field-rule.ts';
import { renderTagPolicy } from '../core/images/select/tag-policy.ts';
import { renderWindows } from '../core/images/select/update-window.ts';
import type { CloudLogin, Config, EnvironmentConfig, NotifierConfig, RegistryConfig } from './config.ts';

/** One line for each environment, registry, notifier and image rule, and for what commits look like; defaults written out. */
export function describeConfig(config: Config): string[] {
  const { author, message } = config.commit;
  return [
    ...config.environments.map(describeEnvironment),
    ...config.registries.map(describeRegistry),
    ...config.notifiers.map(describeNotifier),
    ...config.images.map(describeRule),
    ...config.fields.map(describeFields),
    ...(author === undefined ? [] : [`commits by ${author.name} <${author.email}>`]),
    ...(message === undefined ? [] : [`commit message ${JSON.stringify(message.value)}`]),
  ];
}

function describeEnvironment({ name, branch, paths, values, clusters, generators }: EnvironmentConfig): string {
  const parts = [
    branch === undefined ? 'the branch checked out' : `branch ${branch}`,
    `path ${paths.map((path) => path.value).join(', ')}`,
    ...(values.length === 0 ? [] : [`values ${values.map((glob) => glob.value).join(', ')}`]),
    describeClusters(clusters),
    ...(generators ? ['generators may run'] : []),
  ];
  return `environment ${name}: ${parts.join('; ')}`;
}

function describeFields({ kind, group, fields }: FieldRule): string {
  const paths = Object.entries(fields.paths).map(([role, path]) => `${role} at ${path}`);
  return `fields of ${group === undefined ? kind : `${group}/${kind}`}: ${fields.container}, ${paths.join(', ')}`;
}

function describeClusters(clusters: EnvironmentConfig['clusters']): string {
  if (clusters === undefined) return 'the current context';
  return clusters.length === 0 ? 'no cluster' : `clusters ${clusters.map((cluster) => cluster.context).join(', ')}`;
}

function describeRegistry({ name, endpoint, login }: RegistryConfig): string {
  const as = login === undefined ? '' : `, logged in to ${describeLogin(login)}`;
  return `registry ${name}: ${endpoint === undefined ? 'asked itself' : `asked at ${endpoint}`}${as}`;
}

function describeLogin(login: CloudLogin): string {
  const audience = login.audience === undefined ? '' : ` with the audience ${login.audience}`;
  if (login.cloud === 'aws') return `aws as ${login.role}${audience}`;
  if (login.cloud === 'azure') return `azure as ${login.client} of ${login.tenant}${audience}`;
  const account = login.serviceAccount === undefined ? '' : ` as ${login.serviceAccount}`;
  return `google by ${login.provider}${account}${audience}`;
}

function describeNotifier({ kind, channel, username }: NotifierConfig): string {
  const parts = [channel, username === undefined ? undefined : `as ${username}`].filter((part) => part !== undefined);
  return [`notify ${kind}`, ...parts, `by webhook ${MASK}`].join(' ');
}

function describeRule(rule: ImageRule): string {
  const parts = [
    rule.policy === undefined ? 'policy as the manifest says' : renderTagPolicy(rule.policy.value),
    ...(rule.container === undefined ? [] : [`containers ${rule.container}`]),
    ...(rule.pin === undefined ? [] : [rule.pin ? 'digest pinned' : 'no digest']),
    ...(rule.platforms.length === 0 ? [] : [`platforms ${rule.platforms.join(', ')}`]),
    ...(rule.minimumAgeMs === undefined ? [] : [`at least ${rule.minimumAgeMs / 1000} s old`]),
    ...(rule.deny.length === 0 ? [] : [`never ${rule.deny.join(', ')}`]),
    ...(rule.windows.length === 0 ? [] : [renderWindows(rule.windows)]),
  ];
  return `images ${rule.image}: ${parts.join('; ')}`;
}
