/**
 * Docker Hub's own listing: digest, platforms and time of the last push, 100 tags a page; it does not count as pulls.
 * Source: https://docs.docker.com/reference/api/hub/latest/operations/ListRepositoryTags/
 */
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import type { Connection } from '../connection.ts';
import { type Fields, listOf, textOf } from '../json.ts';
import type { Limits } from '../limits.ts';
import { parseCreated } from '../manifest.ts';
import { platformOf } from '../platform.ts';
import { getJson, type ReadPage, type Vendor, walkPages } from './vendor.ts';

export const DOCKER_HUB_API = 'https://hub.docker.com';

/** `connection`: one to DOCKER_HUB_API. Private repositories are not found by it. */
export function dockerHub(connection: Connection, limits: Limits): Vendor {
  return {
    order: 'recent',
    athome: false,
    movesShowFirst: true,
    pages(path, signal) {
      const [namespace, ...rest] = path.split('/');
      const url = new URL(`${DOCKER_HUB_API}/v2/namespaces/${namespace}/repositories/${rest.join('/')}/tags`);
      url.search = 'page_size=100&ordering=last_updated';
      return walkPages(connection, { first: getJson(url, limits.pageBytes), read }, signal);
    },
  };
}

const read: ReadPage = (body, _answer, request) => {
  const results = listOf(body, 'results');
  if (results === undefined) return undefined;
  const next = URL.parse(textOf(body, 'next') ?? '', request.url.href);
  const follows = textOf(body, 'next') !== undefined && next?.origin === request.url.origin;
  return { tags: results.flatMap(factsOf), next: follows ? { ...request, url: next } : undefined };
};

function factsOf(result: Fields): readonly TagFacts[] {
  const tag = textOf(result, 'name');
  if (tag === undefined) return [];
  const images = listOf(result, 'images') ?? [];
  return [
    {
      tag,
      digest: textOf(result, 'digest'),
      pushedMs: parseCreated(textOf(result, 'tag_last_pushed')) ?? parseCreated(textOf(result, 'last_updated')),
      platforms: images.flatMap((image) => platformOf(image) ?? []),
    },
  ];
}
