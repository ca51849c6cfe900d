/**
 * Azure's own listing: digest and time of the last push of every tag, in as many pages as the plain listing.
 * Source: https://learn.microsoft.com/en-us/rest/api/containerregistry/tag/get-list
 */
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import type { Connection, RegistryRequest } from '../connection.ts';
import { type Fields, listOf, textOf } from '../json.ts';
import type { Limits } from '../limits.ts';
import { nextPage } from '../link.ts';
import { parseCreated } from '../manifest.ts';
import { getJson, type ReadPage, type Vendor, walkPages } from './vendor.ts';

export function azure(connection: Connection, limits: Limits): Vendor {
  const read: ReadPage = (body, answer, request) => {
    const tags = listOf(body, 'tags');
    if (tags === undefined) return undefined;
    const next = nextPage(answer.headers.get('link'), request.url, connection.endpoint);
    if (next.kind === 'refused') return undefined;
    return { tags: tags.flatMap(factsOf), next: next.kind === 'last' ? undefined : { ...request, url: next.url } };
  };
  return {
    order: 'whole',
    athome: true,
    movesShowFirst: true,
    pages(path, signal) {
      const url = new URL(`/acr/v1/${path}/_tags?n=1000`, connection.endpoint.url);
      const scope = `repository:${path}:pull,metadata_read`;
      const first: RegistryRequest = { ...getJson(url, limits.pageBytes), scope };
      return walkPages(connection, { first, read }, signal);
    },
  };
}

function factsOf(entry: Fields): readonly TagFacts[] {
  const tag = textOf(entry, 'name');
  if (tag === undefined) return [];
  const pushedMs = parseCreated(entry['lastUpdateTime']) ?? parseCreated(entry['createdTime']);
  return [{ tag, digest: textOf(entry, 'digest'), pushedMs }];
}
