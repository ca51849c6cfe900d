/**
 * The listing of Amazon's private registries: digest and time of push of every tagged image, 1000 a page.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 */
import type { Clock } from '../../base/clock.ts';
import type { EcrPlace } from '../../core/images/cloud.ts';
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import type { AwsKeySource } from '../cloud/aws-keys.ts';
import { ecrRequest } from '../cloud/ecr.ts';
import type { Connection, RegistryRequest } from '../connection.ts';
import { registryError } from '../errors.ts';
import { type Fields, listOf, numberOf, textOf } from '../json.ts';
import type { Limits } from '../limits.ts';
import { type Vendor, walkPages } from './vendor.ts';

export interface EcrOptions {
  readonly place: EcrPlace;
  readonly keys: AwsKeySource;
  readonly clock: Clock;
  readonly limits: Limits;
}

/** `connection`: one to the API's host. */
export function ecr(connection: Connection, { place, keys, clock, limits }: EcrOptions): Vendor {
  const { registry } = connection.endpoint;
  return {
    order: 'whole',
    athome: false,
    movesShowFirst: true,
    async *pages(path, signal) {
      const found = await keys({ region: place.region, registry }, signal);
      if (found === undefined) throw registryError('REGISTRY_UNAUTHORIZED', `there are no AWS keys for ${registry}`);
      const ask = (nextToken: string | undefined): RegistryRequest => {
        const body = {
          registryId: place.account,
          repositoryName: path,
          maxResults: 1000,
          filter: { tagStatus: 'TAGGED' },
          ...(nextToken === undefined ? {} : { nextToken }),
        };
        const call = { action: 'DescribeImages', region: place.region, body };
        return { ...ecrRequest(call, { keys: found, nowMs: clock.now() }), maxBytes: limits.pageBytes };
      };
      yield* walkPages(
        connection,
        {
          first: ask(undefined),
          read(body) {
            const images = listOf(body, 'imageDetails');
            const nextToken = textOf(body, 'nextToken');
            if (images === undefined) return undefined;
            return { tags: images.flatMap(factsOf), next: nextToken === undefined ? undefined : ask(nextToken) };
          },
        },
        signal,
      );
    },
  };
}

function factsOf(image: Fields): readonly TagFacts[] {
  const pushed = numberOf(image, 'imagePushedAt');
  const tags = Array.isArray(image['imageTags']) ? image['imageTags'] : [];
  const digest = textOf(image, 'imageDigest');
  const pushedMs = pushed === undefined ? undefined : Math.round(pushed * 1000);
  return tags.filter((tag) => typeof tag === 'string').map((tag) => ({ tag, digest, pushedMs }));
}
