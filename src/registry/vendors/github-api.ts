/**
 * The versions of GitHub's container packages, by GitHub's API and with the job's token.
 * Source: https://docs.github.com/rest/packages/packages#list-package-versions-for-a-package-owned-by-an-organization
 */
import type { Clock } from '../../base/clock.ts';
import type { Fetch, HttpAnswer } from '../../base/http.ts';
import type { Secret } from '../../base/secret.ts';
import { malformed } from '../answer.ts';
import { createConnection, describeRequest, type RegistryRequest } from '../connection.ts';
import { isDigest } from '../digest.ts';
import { type RegistryError, registryError } from '../errors.ts';
import { type Fields, isFields, listOf, parseObject, textOf } from '../json.ts';
import { type Limits, vendorLimits } from '../limits.ts';
import { parseCreated } from '../manifest.ts';
import type { PackageVersion, PackageVersions } from './github-packages.ts';

export const GITHUB_API = 'https://api.github.com';

export interface GithubApiOptions {
  readonly token: Secret;
  /** Whose packages the token may read: the owner of the job's repository. */
  readonly owner: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly limits: Limits;
  readonly mask: (secret: string) => void;
}

export interface GithubApi {
  /** Throws REGISTRY_FORBIDDEN for another owner's package, without asking; what the API says otherwise. */
  readonly versions: PackageVersions;
  /** Requests sent so far. */
  requests(): number;
}

/** Organizations and people stand at different addresses, and nothing in a package's name says which it is. */
type Kind = 'orgs' | 'users';

const REGISTRY = 'ghcr.io';
const PAGE_SIZE = 100;

export function githubApi(options: GithubApiOptions): GithubApi {
  const connection = createConnection({
    ...options,
    endpoint: { registry: REGISTRY, url: new URL(GITHUB_API), configured: false },
    credentials: async () => undefined,
    limits: vendorLimits(options.limits),
    onImplicitRefused: () => undefined,
  });
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    authorization: `Bearer ${options.token.reveal()}`,
  };
  let kind: Kind | undefined;
  let limited: RegistryError | undefined;

  const requestFor = ({ owner, name }: Item, place: { readonly kind: Kind; readonly page: number }) => {
    const path = `/${place.kind}/${owner}/packages/container/${encodeURIComponent(name)}/versions`;
    const url = new URL(`${path}?per_page=${PAGE_SIZE}&page=${place.page}`, GITHUB_API);
    const about = `${owner}/${name}`;
    return { method: 'GET', url, headers, maxBytes: options.limits.pageBytes, about } satisfies RegistryRequest;
  };
  const ask = async (item: Item, page: number, signal?: AbortSignal) => {
    // Who goes on asking while it is limited is shut out for longer.
    if (limited !== undefined) throw limited;
    for (const tried of kind === undefined ? (['orgs', 'users'] as const) : [kind]) {
      const request = requestFor(item, { kind: tried, page });
      const accept = kind === undefined && tried === 'orgs' ? [403, 404] : [403];
      const answer = await connection.send({ ...request, accept }, signal);
      if (answer.status === 404) continue;
      const asked = describeRequest(connection.endpoint, request);
      const refusal = refusalOf(answer, asked.what);
      if (refusal?.code === 'REGISTRY_RATE_LIMITED') limited = refusal;
      if (refusal !== undefined) throw refusal;
      kind = tried;
      return readVersions(answer, asked);
    }
    throw refused(item);
  };
  return {
    requests: connection.requests,
    async *versions(item, signal) {
      if (item.owner.toLowerCase() !== options.owner.toLowerCase()) throw refused(item);
      for (let page = 1; ; page++) {
        const { versions, isFull } = await ask(item, page, signal);
        yield versions;
        if (!isFull) return;
      }
    },
  };
}

type Item = Parameters<PackageVersions>[0];

function refused({ owner, name }: Item) {
  return registryError('REGISTRY_FORBIDDEN', `the job's token does not read the package ${owner}/${name}`);
}

/** GitHub says 403 both for "never" and for "not now". Source: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function refusalOf({ status, headers }: HttpAnswer, what: string): RegistryError | undefined {
  if (status !== 403) return undefined;
  const isLimit = headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after');
  const code = isLimit ? 'REGISTRY_RATE_LIMITED' : 'REGISTRY_FORBIDDEN';
  return registryError(code, `GitHub's API answered ${status} to ${what}`, { subject: REGISTRY });
}

function readVersions(answer: HttpAnswer, asked: Parameters<typeof malformed>[0]) {
  const list = listOf(parseObject(`{"list":${answer.body.toString('utf8')}}`) ?? {}, 'list');
  if (list === undefined) throw malformed(asked, 'no list of versions');
  return { versions: list.flatMap(versionOf), isFull: list.length >= PAGE_SIZE };
}

/** A version with its tags; what lacks its digest or its time is left out. */
function versionOf(entry: Fields): readonly PackageVersion[] {
  const digest = textOf(entry, 'name');
  const createdMs = parseCreated(entry['created_at']);
  const metadata = isFields(entry['metadata']) ? entry['metadata'] : {};
  const container = isFields(metadata['container']) ? metadata['container'] : {};
  const tags = Array.isArray(container['tags']) ? container['tags'] : [];
  if (!isDigest(digest) || createdMs === undefined) return [];
  return [{ digest, tags: tags.filter((tag) => typeof tag === 'string'), createdMs }];
}
