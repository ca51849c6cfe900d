/** An entry of `registries`: where a registry is really asked, and how the job logs in to its cloud. */
import type { Position } from '../base/errors.ts';
import { type Cloud, cloudOf } from '../core/images/cloud.ts';
import type { Placed } from '../core/images/locate/image-use.ts';
import { judgeAudience, judgeProvider, judgeRole, judgeServiceAccount, judgeUuid } from './cloud-names.ts';
import type { CloudLogin, RegistryConfig } from './config.ts';
import { judgeEndpoint, judgeRegistry } from './names.ts';
import { type Entry, entriesOf, mapped, object, optional, placed, required } from './shape/collections.ts';
import type { Reading } from './shape/reading.ts';
import { textThat } from './shape/scalars.ts';
import { INVALID, type Shape } from './shape/shape.ts';

type WrittenLogins = { readonly [C in Cloud]: Placed<Extract<CloudLogin, { cloud: C }>> | undefined };

interface WrittenRegistry extends WrittenLogins {
  readonly endpoint: string | undefined;
}

const CLOUDS: readonly Cloud[] = ['aws', 'google', 'azure'];

/** Whose registries each login is for, and what those are called. */
const REGISTRIES_OF: Readonly<Record<Cloud, { readonly whose: string; readonly names: string }>> = {
  aws: { whose: "Amazon's", names: 'ACCOUNT.dkr.ecr.REGION.amazonaws.com and public.ecr.aws' },
  google: { whose: "Google's", names: 'LOCATION-docker.pkg.dev and gcr.io' },
  azure: { whose: "Azure's", names: 'NAME.azurecr.io' },
};

export function registriesShape(): Shape<readonly RegistryConfig[]> {
  const entries = entriesOf(entryShape(), { judgeName: judgeRegistry, atLeastOne: false });
  return {
    schema: entries.schema,
    read: (node, reading) => {
      const written = entries.read(node, reading);
      if (written === INVALID || hasTwice(written, reading)) return INVALID;
      const registries = written.map((entry) => reading.within(entry.name, () => readEntry(entry, reading)));
      const valid = registries.filter((registry) => registry !== INVALID);
      return valid.length === registries.length ? valid : INVALID;
    },
  };
}

/** Names that differ in the case of their letters are one registry's: which of its entries counts, nobody could tell. */
function hasTwice(entries: readonly Entry<WrittenRegistry>[], reading: Reading): boolean {
  const first = new Map<string, Position>();
  let found = false;
  for (const { name, position } of entries) {
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, position);
      continue;
    }
    const hint = `Remove one of them; the first is on line ${earlier.line}.`;
    reading.complainAt(position, { code: 'CONFIG_DUPLICATE_KEY', message: `has '${name}' twice`, hint });
    found = true;
  }
  return found;
}

function entryShape(): Shape<WrittenRegistry> {
  return object<WrittenRegistry>({
    endpoint: optional(
      textThat(judgeEndpoint, { pattern: '^(https?://|\\$\\{)' }),
      'Where to really ask: a mirror, a proxy, a test registry; http or https.',
    ),
    aws: optional(placed(awsShape()), "Log in to Amazon's registries as a role that the job's identity may assume."),
    google: optional(placed(googleShape()), "Log in to Google's registries by the job's identity."),
    azure: optional(
      placed(azureShape()),
      "Log in to Azure's registries as an application that trusts the job's identity.",
    ),
  });
}

function awsShape(): Shape<Extract<CloudLogin, { cloud: 'aws' }>> {
  const shape = object<{ role: string; audience: string | undefined }>({
    role: required(textThat(judgeRole), 'The ARN of the role.'),
    audience: audience('sts.amazonaws.com'),
  });
  return mapped(shape, (login) => ({ cloud: 'aws', ...login }));
}

function googleShape(): Shape<Extract<CloudLogin, { cloud: 'google' }>> {
  const shape = object<{ provider: string; serviceAccount: string | undefined; audience: string | undefined }>({
    provider: required(
      textThat(judgeProvider),
      'The workload identity provider: projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER.',
    ),
    serviceAccount: optional(
      textThat(judgeServiceAccount),
      'The service account to act as; default: the identity itself.',
    ),
    audience: audience("the provider's own address"),
  });
  return mapped(shape, (login) => ({ cloud: 'google', ...login }));
}

function azureShape(): Shape<Extract<CloudLogin, { cloud: 'azure' }>> {
  const shape = object<{ client: string; tenant: string; audience: string | undefined }>({
    client: required(textThat(judgeUuid), 'The client ID of the application or managed identity.'),
    tenant: required(textThat(judgeUuid), 'The tenant (directory) ID.'),
    audience: audience('api://AzureADTokenExchange'),
  });
  return mapped(shape, (login) => ({ cloud: 'azure', ...login }));
}

function audience(usual: string) {
  return optional(textThat(judgeAudience), `Whom the job's token is for; default: ${usual}.`);
}

/** What no key can know for itself: whether the login fits the registry, and goes to it alone. */
function readEntry(entry: Entry<WrittenRegistry>, reading: Reading): RegistryConfig | typeof INVALID {
  const { name, position, value } = entry;
  const { endpoint } = value;
  const logins = CLOUDS.flatMap((cloud) => value[cloud] ?? []);
  const [login, second] = logins;
  if (login === undefined) return { name, position, endpoint, login: undefined };
  const refuse = (at: Position, message: string, hint: string): typeof INVALID => {
    reading.complainAt(at, { code: 'CONFIG_VALUE', message, hint });
    return INVALID;
  };
  const { cloud } = login.value;
  if (second !== undefined) {
    return refuse(second.position, `has both ${cloud} and ${second.value.cloud}`, 'Keep the one whose registry it is.');
  }
  if (cloudOf(name) !== cloud) {
    const { whose, names } = REGISTRIES_OF[cloud];
    return refuse(login.position, `has ${cloud} and is no registry of ${whose}`, `Use ${cloud} for ${names}.`);
  }
  if (endpoint !== undefined) {
    const hint = `Remove one of them; what opens the endpoint goes into the Docker config.json, under its host.`;
    return refuse(login.position, `has ${cloud} and an endpoint, which gets no credentials of a cloud`, hint);
  }
  return { name, position, endpoint, login: login.value };
}
