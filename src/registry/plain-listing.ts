/** The tags of a repository by the plain OCI distribution API. */
import type { Clock } from '../base/clock.ts';
import type { HttpAnswer } from '../base/http.ts';
import type { TagFacts } from '../core/images/select/tag-facts.ts';
import { type Asked, malformed } from './answer.ts';
import { type Connection, describeRequest, type RegistryRequest } from './connection.ts';
import { apiUrl, type Endpoint } from './endpoint.ts';
import { pullScope } from './image-facts.ts';
import { parseObject } from './json.ts';
import type { Limits } from './limits.ts';
import { type NextPage, nextPage } from './link.ts';
import type { RawListing } from './listing.ts';

/** How a registry's listing differs from the plain one. */
export interface Dialect {
  /** Tags asked for per page; undefined: as many as the registry likes. */
  readonly pageSize: number | undefined;
  /** What the page says of tags beside their names. */
  readonly factsOf?: (page: Readonly<Record<string, unknown>>) => ReadonlyMap<string, TagFacts>;
}

export interface ListTools {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly dialect?: Dialect;
}

// More than 1000 is refused by some (Amazon's registries), and less costs more requests.
const PLAIN: Dialect = { pageSize: 1000 };
/** Answers to a first page that some registries and proxies give because they do not like `n`. */
const DISLIKES_SIZE: readonly number[] = [400, 405, 416, 422];
const PAGES_WITHOUT_NEWS = 3;

/**
 * Every tag of the repository at `path`, page after page as the registry's links lead, in its order, each once; the names are not checked.
 * What goes wrong with the first page is thrown; with a later one it makes the listing incomplete.
 * Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags
 */
export async function listPlainly(tools: ListTools, path: string, signal?: AbortSignal): Promise<RawListing> {
  const { connection, limits, clock, dialect = PLAIN } = tools;
  const tags = new Map<string, TagFacts>();
  const partial = (why: string): RawListing => ({ tags: [...tags.values()], complete: false, warning: why });
  let url = apiUrl(connection.endpoint, `${path}/tags/list`);
  if (dialect.pageSize !== undefined) url.searchParams.set('n', String(dialect.pageSize));
  let bytes = 0;
  let pagesWithoutNews = 0;
  let spentMs = 0;
  for (let page = 1; ; page++) {
    const startedMs = clock.now();
    const asked = describeRequest(connection.endpoint, { method: 'GET', url });
    const known = tags.size;
    let answer: HttpAnswer;
    try {
      ({ answer, url } = await fetchPage(tools, { path, url, first: page === 1 }, signal));
      addTags(tags, readPage(answer, asked), { asked, dialect, most: limits.tags });
    } catch (error) {
      if (page === 1 || signal?.aborted || !(error instanceof Error)) throw error;
      return partial(`page ${page} of the listing failed: ${error.message}`);
    }
    spentMs += clock.now() - startedMs;
    bytes += answer.body.length;
    // A single page can hold millions of tags: the last one is bounded like the others.
    if (tags.size > limits.tags) {
      return partial(`${asked.who} sent a listing of ${path} of more than ${limits.tags} tags`);
    }
    const next = whatNext(answer, url, { tags, known, endpoint: connection.endpoint });
    if (next.kind === 'refused') return partial(`${asked.who} answered ${asked.what} with ${next.reason}`);
    if (next.kind === 'last') return finished(tags, asked);
    pagesWithoutNews = tags.size === known ? pagesWithoutNews + 1 : 0;
    const limit = brokenLimit({ page, bytes, spentMs, tags: tags.size, pagesWithoutNews }, limits);
    if (limit !== undefined) return partial(`${asked.who} sent a listing of ${path} ${limit}`);
    if (next.url.href === url.href) return partial(`${asked.who} sent a listing of ${path} that leads back to itself`);
    url = next.url;
  }
}

/**
 * The page that the answer's link leads to. Nexus leaves the link out where it has cut the list at the size asked for: a full page of it is
 * followed by one from its last tag on. https://github.com/renovatebot/renovate/issues/18447
 */
function whatNext(
  answer: HttpAnswer,
  url: URL,
  so: { readonly tags: ReadonlyMap<string, TagFacts>; readonly known: number; readonly endpoint: Endpoint },
): NextPage {
  const next = nextPage(answer.headers.get('link'), url, so.endpoint);
  const isNexus = /^nexus/i.test(answer.headers.get('server') ?? '');
  const isFull = String(so.tags.size - so.known) === url.searchParams.get('n');
  if (next.kind !== 'last' || !isNexus || !isFull) return next;
  const further = new URL(url);
  further.searchParams.set('last', [...so.tags.keys()].at(-1) ?? '');
  return { kind: 'next', url: further };
}

function finished(tags: ReadonlyMap<string, TagFacts>, asked: Asked): RawListing {
  if (tags.size > 0) return { tags: [...tags.values()], complete: true };
  // Registries answer so for repositories whose tags they cannot read just now; nobody asks for an image that has none.
  return { tags: [], complete: false, warning: `${asked.who} answered ${asked.what} with no tags` };
}

async function fetchPage(
  { connection, limits }: ListTools,
  { path, url, first }: { readonly path: string; readonly url: URL; readonly first: boolean },
  signal?: AbortSignal,
): Promise<{ answer: HttpAnswer; url: URL }> {
  const request: RegistryRequest = {
    method: 'GET',
    url,
    headers: { accept: 'application/json' },
    scope: pullScope(path),
    maxBytes: limits.pageBytes,
  };
  if (!first) return { answer: await connection.send(request, signal), url };
  const answer = await connection.send({ ...request, accept: DISLIKES_SIZE }, signal);
  if (answer.status < 300) return { answer, url };
  const plain = new URL(url);
  plain.search = '';
  return { answer: await connection.send({ ...request, url: plain }, signal), url: plain };
}

function readPage(answer: HttpAnswer, asked: Asked): Readonly<Record<string, unknown>> {
  const page = parseObject(answer.body);
  if (page === undefined) throw malformed(asked, 'something that is no JSON object');
  return page;
}

function addTags(
  tags: Map<string, TagFacts>,
  page: Readonly<Record<string, unknown>>,
  { asked, dialect, most }: { readonly asked: Asked; readonly dialect: Dialect; readonly most: number },
): void {
  if (!Object.hasOwn(page, 'tags')) throw malformed(asked, 'no list of tags');
  // Registries say null for an empty list.
  const names = page['tags'] ?? [];
  if (!Array.isArray(names)) throw malformed(asked, 'no list of tags');
  if (!names.every((name) => typeof name === 'string')) throw malformed(asked, 'a tag that is no text');
  const facts = dialect.factsOf?.(page);
  for (const tag of names) {
    tags.set(tag, facts?.get(tag) ?? { tag });
    if (tags.size > most) return;
  }
}

function brokenLimit(
  so: {
    readonly page: number;
    readonly bytes: number;
    readonly spentMs: number;
    readonly tags: number;
    readonly pagesWithoutNews: number;
  },
  limits: Limits,
): string | undefined {
  if (so.page >= limits.pages) return `of more than ${limits.pages} pages`;
  if (so.tags >= limits.tags) return `of more than ${limits.tags} tags`;
  if (so.bytes >= limits.listingBytes) return `of more than ${limits.listingBytes} bytes`;
  if (so.spentMs >= limits.listingMs) return `that takes longer than ${limits.listingMs / 1000} s`;
  if (so.pagesWithoutNews >= PAGES_WITHOUT_NEWS) return 'whose pages bring nothing new';
  return undefined;
}
