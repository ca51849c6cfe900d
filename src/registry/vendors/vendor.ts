/** What the listings of vendors have in common. */

import type { HttpAnswer } from '../../base/http.ts';
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import { malformed } from '../answer.ts';
import { type Connection, describeRequest, type RegistryRequest } from '../connection.ts';
import { type Fields, parseObject } from '../json.ts';

/** A registry's own listing, which tells more of tags than their names. */
export interface Vendor {
  /**
   * `whole`: all tags for the price of a plain listing, so it takes its place. `recent`: small pages, the last pushes first,
   * so only as many are read as are needed.
   */
  readonly order: 'whole' | 'recent';
  /** Whether it is served by the registry itself, so that its trouble is the registry's. */
  readonly athome: boolean;
  /** Whether a tag that was moved to an older image is among the first. */
  readonly movesShowFirst: boolean;
  /** It tells neither of builds nor of every move, so that it spares no question about a single image. */
  readonly pushesOnly?: boolean;
  /** Pages of tags. Throws as the connection does. */
  pages(path: string, signal?: AbortSignal): AsyncIterable<readonly TagFacts[]>;
}

/** A page as read: its tags, and what to ask for next. */
export interface VendorPage {
  readonly tags: readonly TagFacts[];
  readonly next?: RegistryRequest | undefined;
}

export type ReadPage = (body: Fields, answer: HttpAnswer, request: RegistryRequest) => VendorPage | undefined;

/** Page after page from `first` on; `read` takes a page apart, or says undefined where it is not what it should be. */
export async function* walkPages(
  connection: Connection,
  { first, read }: { readonly first: RegistryRequest; readonly read: ReadPage },
  signal?: AbortSignal,
): AsyncGenerator<readonly TagFacts[]> {
  for (let request: RegistryRequest | undefined = first; request !== undefined; ) {
    const answer: HttpAnswer = await connection.send(request, signal);
    // A list at the top is wrapped, so that every page is an object.
    const text = answer.body.toString('utf8').trim();
    const body = parseObject(text.startsWith('[') ? `{"list":${text}}` : text);
    const page: VendorPage | undefined = body === undefined ? undefined : read(body, answer, request);
    if (page === undefined) throw malformed(describeRequest(connection.endpoint, request), 'no list of tags');
    yield page.tags;
    request = page.next;
  }
}

/** A GET of JSON. */
export function getJson(url: URL, maxBytes: number): RegistryRequest {
  return { method: 'GET', url, headers: { accept: 'application/json' }, maxBytes };
}
