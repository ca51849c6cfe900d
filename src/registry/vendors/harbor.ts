/**
 * Harbor's own listing: digest, platform and time of each tag's push, 100 images a page. The images come in the order of their own push: a tag
 * that was moved to an older one is not among the first.
 * Source: https://github.com/goharbor/harbor/blob/main/api/v2.0/swagger.yaml (listArtifacts)
 */
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import type { AuthScheme } from '../authorizer.ts';
import type { Connection } from '../connection.ts';
import { type Fields, isFields, listOf, textOf } from '../json.ts';
import type { Limits } from '../limits.ts';
import { parseCreated } from '../manifest.ts';
import { platformOf } from '../platform.ts';
import { getJson, type ReadPage, type Vendor, walkPages } from './vendor.ts';

const PAGE_SIZE = 100;

/** Harbor gives itself away by the name of its token service; its hosts can have any name. */
export function isHarbor(scheme: AuthScheme | undefined): boolean {
  return scheme?.kind === 'bearer' && scheme.service === 'harbor-registry';
}

export function harbor(connection: Connection, limits: Limits): Vendor {
  return {
    order: 'recent',
    athome: true,
    movesShowFirst: false,
    pages(path, signal) {
      const [project, ...rest] = path.split('/');
      // A slash in a repository's name has to be encoded twice.
      const repository = encodeURIComponent(encodeURIComponent(rest.join('/')));
      const url = new URL(
        `/api/v2.0/projects/${project}/repositories/${repository}/artifacts`,
        connection.endpoint.url,
      );
      url.search = `with_tag=true&sort=-push_time&page=1&page_size=${PAGE_SIZE}`;
      return walkPages(connection, { first: { ...getJson(url, limits.pageBytes), asUser: true }, read }, signal);
    },
  };
}

const read: ReadPage = (body, _answer, request) => {
  const artifacts = listOf(body, 'list');
  if (artifacts === undefined) return undefined;
  const url = new URL(request.url);
  url.searchParams.set('page', String(Number(url.searchParams.get('page')) + 1));
  return {
    tags: artifacts.flatMap(factsOf),
    next: artifacts.length < PAGE_SIZE ? undefined : { ...request, url },
  };
};

function factsOf(artifact: Fields): readonly TagFacts[] {
  const attributes = isFields(artifact['extra_attrs']) ? artifact['extra_attrs'] : {};
  const platform = platformOf(attributes);
  return (listOf(artifact, 'tags') ?? []).flatMap((entry) => {
    const tag = textOf(entry, 'name');
    if (tag === undefined) return [];
    return {
      tag,
      digest: textOf(artifact, 'digest'),
      createdMs: parseCreated(attributes['created']),
      pushedMs: parseCreated(entry['push_time']) ?? parseCreated(artifact['push_time']),
      platforms: platform === undefined ? undefined : [platform],
    };
  });
}
