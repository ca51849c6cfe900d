/**
 * Quay's own listing: digest and time of the last push, 100 tags a page. Repositories that are not public want a token of another kind than
 * robots' passwords, so they are refused.
 * Source: https://docs.redhat.com/en/documentation/red_hat_quay/3/html/red_hat_quay_api_reference/tag
 */
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import type { Connection } from '../connection.ts';
import { type Fields, listOf, numberOf, textOf } from '../json.ts';
import type { Limits } from '../limits.ts';
import { getJson, type ReadPage, type Vendor, walkPages } from './vendor.ts';

export function quay(connection: Connection, limits: Limits): Vendor {
  return {
    order: 'recent',
    athome: true,
    movesShowFirst: true,
    pages(path, signal) {
      const url = new URL(
        `/api/v1/repository/${path}/tag/?onlyActiveTags=true&limit=100&page=1`,
        connection.endpoint.url,
      );
      return walkPages(connection, { first: getJson(url, limits.pageBytes), read }, signal);
    },
  };
}

const read: ReadPage = (body, _answer, request) => {
  const tags = listOf(body, 'tags');
  if (tags === undefined) return undefined;
  const page = Number(request.url.searchParams.get('page'));
  const url = new URL(request.url);
  url.searchParams.set('page', String(page + 1));
  const more = body['has_additional'] === true && tags.length > 0;
  return { tags: tags.flatMap(factsOf), next: more ? { ...request, url } : undefined };
};

function factsOf(entry: Fields): readonly TagFacts[] {
  const tag = textOf(entry, 'name');
  const started = numberOf(entry, 'start_ts');
  if (tag === undefined) return [];
  return [
    { tag, digest: textOf(entry, 'manifest_digest'), pushedMs: started === undefined ? undefined : started * 1000 },
  ];
}
