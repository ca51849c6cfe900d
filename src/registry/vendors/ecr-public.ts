/**
 * The listing of Amazon's public registry, for repositories of one's own: others' are listed plainly, since the API knows repositories by name
 * within the asking account only.
 * Source: https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_DescribeImageTags.html
 */
import type { Clock } from '../../base/clock.ts';
import { ECR_PUBLIC } from '../../core/images/cloud.ts';
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import { malformed } from '../answer.ts';
import type { AwsKeySource } from '../cloud/aws-keys.ts';
import { ECR_PUBLIC_REGION, ecrPublicRequest } from '../cloud/ecr.ts';
import { type Connection, describeRequest, type RegistryRequest } from '../connection.ts';
import { registryError } from '../errors.ts';
import { type Fields, isFields, listOf, numberOf, parseObject, textOf } from '../json.ts';
import type { Limits } from '../limits.ts';
import { type Vendor, walkPages } from './vendor.ts';

export interface EcrPublicOptions {
  readonly keys: AwsKeySource;
  readonly clock: Clock;
  readonly limits: Limits;
}

/** `connection`: one to the API's host. */
export function ecrPublic(connection: Connection, { keys, clock, limits }: EcrPublicOptions): Vendor {
  return {
    order: 'whole',
    athome: false,
    movesShowFirst: true,
    async *pages(path, signal) {
      const found = await keys({ region: ECR_PUBLIC_REGION, registry: ECR_PUBLIC }, signal);
      if (found === undefined) throw registryError('REGISTRY_UNAUTHORIZED', `there are no AWS keys for ${ECR_PUBLIC}`);
      const call = (action: string, body: unknown): RegistryRequest => ({
        ...ecrPublicRequest({ action, region: ECR_PUBLIC_REGION, body }, { keys: found, nowMs: clock.now() }),
        maxBytes: limits.pageBytes,
      });
      const [alias = '', ...rest] = path.split('/');
      const registryId = await registryWithAlias(
        connection,
        { alias, request: call('DescribeRegistries', {}) },
        signal,
      );
      const ask = (nextToken: string | undefined) =>
        call('DescribeImageTags', {
          registryId,
          repositoryName: rest.join('/'),
          maxResults: 1000,
          ...(nextToken === undefined ? {} : { nextToken }),
        });
      yield* walkPages(
        connection,
        {
          first: ask(undefined),
          read(body) {
            const details = listOf(body, 'imageTagDetails');
            const nextToken = textOf(body, 'nextToken');
            if (details === undefined) return undefined;
            return { tags: details.flatMap(factsOf), next: nextToken === undefined ? undefined : ask(nextToken) };
          },
        },
        signal,
      );
    },
  };
}

/** The account whose public registry has `alias`, if it is the asking one. */
async function registryWithAlias(
  connection: Connection,
  { alias, request }: { readonly alias: string; readonly request: RegistryRequest },
  signal?: AbortSignal,
): Promise<string> {
  const answer = await connection.send(request, signal);
  const registries = listOf(parseObject(answer.body) ?? {}, 'registries');
  if (registries === undefined) throw malformed(describeRequest(connection.endpoint, request), 'no list of registries');
  const own = registries.find((registry) => listOf(registry, 'aliases')?.some((entry) => entry['name'] === alias));
  const id = own === undefined ? undefined : textOf(own, 'registryId');
  if (id === undefined) throw registryError('REGISTRY_NOT_FOUND', `${ECR_PUBLIC}/${alias} is not the asking account's`);
  return id;
}

function factsOf(entry: Fields): readonly TagFacts[] {
  const tag = textOf(entry, 'imageTag');
  const image = isFields(entry['imageDetail']) ? entry['imageDetail'] : {};
  const pushed = numberOf(image, 'imagePushedAt');
  if (tag === undefined) return [];
  return [
    {
      tag,
      digest: textOf(image, 'imageDigest'),
      pushedMs: pushed === undefined ? undefined : Math.round(pushed * 1000),
    },
  ];
}
