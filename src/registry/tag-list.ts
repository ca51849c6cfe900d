/** The tags of a repository by the plain OCI distribution API. */
import type { Clock } from '../base/clock.ts';
import type { HttpAnswer } from '../base/http.ts';
import { malformed } from './answer.ts';
import { type Connection, describeRequest, type RegistryRequest } from './connection.ts';
import { apiUrl } from './endpoint.ts';
import { pullScope } from './image-facts.ts';
import type { Limits } from './limits.ts';
import { nextPage } from './link.ts';

/** Names as the registry sent them, in its order, each once; none was checked against the grammar of tags. */
export interface NameListing {
  readonly names: readonly string[];
  readonly complete: boolean;
  readonly warning?: string | undefined;
}

export interface ListTools {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly limits: Limits;
}

// More is refused by some (Amazon's registries), and less costs more requests.
const PAGE_SIZE = 1000;
/** Answers to a first page that some registries and proxies give because they do not like `n`. */
const DISLIKES_SIZE: readonly number[] = [400, 405, 416, 422];
const PAGES_WITHOUT_NEWS = 3;

/**
 * Every tag of the repository at `path`, page after page as the registry's links lead. What goes wrong with the first page is thrown; with
 * a later one it makes the listing incomplete.
 * Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags
 */
export async function listNames(tools: ListTools, path: string, signal?: AbortSignal): Promise<NameListing> {
  const { connection, limits, clock } = tools;
  const names = new Set<string>();
  const partial = (why: string): NameListing => ({ names: [...names], complete: false, warning: why });
  let url = apiUrl(connection.endpoint, `${path}/tags/list`);
  url.searchParams.set('n', String(PAGE_SIZE));
  let bytes = 0;
  let pagesWithoutNews = 0;
  let spentMs = 0;
  for (let page = 1; ; page++) {
    const startedMs = clock.now();
    const asked = { ...describeRequest(connection.endpoint, { method: 'GET', url }) };
    const known = names.size;
    let answer: HttpAnswer;
    try {
      ({ answer, url } = await fetchPage(tools, { path, url, first: page === 1 }, signal));
      addNames(names, answer, asked);
    } catch (error) {
      if (page === 1 || signal?.aborted || !(error instanceof Error)) throw error;
      return partial(`page ${page} of the listing failed: ${error.message}`);
    }
    spentMs += clock.now() - startedMs;
    bytes += answer.body.length;
    const next = nextPage(answer.headers.get('link'), url, connection.endpoint);
    if (next.kind === 'refused') return partial(`${asked.who} answered ${asked.what} with ${next.reason}`);
    if (next.kind === 'last') return finished(names, asked.who, asked.what);
    pagesWithoutNews = names.size === known ? pagesWithoutNews + 1 : 0;
    const limit = brokenLimit({ page, bytes, spentMs, tags: names.size, pagesWithoutNews }, limits);
    if (limit !== undefined) return partial(`${asked.who} sent a listing of ${path} ${limit}`);
    if (next.url.href === url.href) return partial(`${asked.who} sent a listing of ${path} that leads back to itself`);
    url = next.url;
  }
}

function finished(names: ReadonlySet<string>, who: string, what: string): NameListing {
  if (names.size > 0) return { names: [...names], complete: true };
  // Registries answer so for repositories whose tags they cannot read just now; nobody asks for an image that has none.
  return { names: [], complete: false, warning: `${who} answered ${what} with no tags` };
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

function addNames(names: Set<string>, answer: HttpAnswer, asked: Parameters<typeof malformed>[0]): void {
  let body: unknown;
  try {
    body = JSON.parse(answer.body.toString('utf8'));
  } catch {
    throw malformed(asked, 'something that is not JSON');
  }
  if (typeof body !== 'object' || body === null || !('tags' in body)) throw malformed(asked, 'no list of tags');
  // Registries say null for an empty list.
  const tags = body.tags ?? [];
  if (!Array.isArray(tags)) throw malformed(asked, 'no list of tags');
  for (const tag of tags) {
    if (typeof tag !== 'string') throw malformed(asked, 'a tag that is no text');
    names.add(tag);
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
