import { getOctokit } from '@actions/github';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/base/secret.ts';
import { DEFAULT_LIMITS } from '../../src/registry/limits.ts';
import { githubApi } from '../../src/registry/vendors/github-api.ts';
import type { PackageVersion } from '../../src/registry/vendors/github-packages.ts';

/** GitHub's own client, made from its published description: what it would send and get is what we may send and get. */
const { packages } = getOctokit('any').rest;
type Versions = Awaited<ReturnType<typeof packages.getAllPackageVersionsForPackageOwnedByOrg>>['data'];

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;

/** A version as the description's example has it. */
function version(name: string, tags: string[], createdAt = '2026-01-02T03:04:05Z'): Versions[number] {
  return {
    id: 786068,
    name,
    url: 'https://api.github.com/orgs/acme/packages/container/shop%2Fapi/versions/786068',
    package_html_url: 'https://github.com/orgs/acme/packages/container/package/shop%2Fapi',
    created_at: createdAt,
    updated_at: '2026-01-03T00:00:00Z',
    html_url: 'https://github.com/orgs/acme/packages/container/shop%2Fapi/786068',
    metadata: { package_type: 'container', container: { tags } },
  };
}

type Answer = Versions | { readonly status: number; readonly headers?: Record<string, string> };

/** GitHub's API with the answers that are given for each address, and what it was asked. */
function api(answers: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  const seen: Headers[] = [];
  const { versions, requests } = githubApi({
    token: new Secret('job-token'),
    owner: 'Acme',
    clock: { now: () => 0, sleep: (ms) => (ms > 1000 ? new Promise(() => undefined) : Promise.resolve()) },
    userAgent: 'towpath/test',
    limits: { ...DEFAULT_LIMITS, firstPauseMs: 1 },
    mask: () => undefined,
    fetch: async (url, init) => {
      asked.push(url.href);
      seen.push(new Headers(init.headers));
      const answer = answers[url.href] ?? { status: 404 };
      if (Array.isArray(answer)) return Response.json(answer);
      const { status, headers = {} } = answer as Exclude<Answer, Versions>;
      return Response.json({ message: 'for people' }, { status, headers });
    },
  });
  const read = async (owner = 'acme', name = 'shop/api') => {
    const found: PackageVersion[] = [];
    for await (const page of versions({ owner, name })) found.push(...page);
    return found;
  };
  return { read, asked, seen, requests };
}

const AT = { package_type: 'container', package_name: 'shop/api', per_page: 100 } as const;
const orgs = (page: number) =>
  packages.getAllPackageVersionsForPackageOwnedByOrg.endpoint({ ...AT, org: 'acme', page }).url;
const users = (page: number) =>
  // Paging is not in the description of this one, and works.
  packages.getAllPackageVersionsForPackageOwnedByUser.endpoint({ ...AT, username: 'acme', page } as never).url;

describe("GitHub's packages", () => {
  it('are read page by page, with the token, from the address of organizations', async () => {
    const full = Array.from({ length: 100 }, () => version(OTHER, []));
    const { read, asked, seen, requests } = api({ [orgs(1)]: full, [orgs(2)]: [version(DIGEST, ['1.0', 'latest'])] });
    const found = await read();
    expect(found.at(-1)).toEqual({
      digest: DIGEST,
      tags: ['1.0', 'latest'],
      createdMs: Date.parse('2026-01-02T03:04:05Z'),
    });
    expect(found).toHaveLength(101);
    expect(asked).toEqual([orgs(1), orgs(2)]);
    expect(requests()).toBe(2);
    expect(seen.map((headers) => headers.get('authorization'))).toEqual(['Bearer job-token', 'Bearer job-token']);
  });

  it("are read from people's address where the owner is no organization, which is found out once", async () => {
    const { read, asked } = api({ [users(1)]: [version(DIGEST, ['1.0'])] });
    expect(await read()).toHaveLength(1);
    expect(await read()).toHaveLength(1);
    expect(asked).toEqual([orgs(1), users(1), users(1)]);
  });

  it('of another owner are not asked for: the token is not for them', async () => {
    const { read, asked } = api({});
    await expect(read('other')).rejects.toMatchObject({ code: 'REGISTRY_FORBIDDEN' });
    expect(asked).toEqual([]);
  });

  it.each([
    { says: 'no such package', answer: { status: 404 }, code: 'REGISTRY_NOT_FOUND' },
    { says: 'not with this token', answer: { status: 403 }, code: 'REGISTRY_FORBIDDEN' },
    { says: 'who are you', answer: { status: 401 }, code: 'REGISTRY_UNAUTHORIZED' },
    {
      says: 'no more in this hour',
      answer: { status: 403, headers: { 'x-ratelimit-remaining': '0' } },
      code: 'REGISTRY_RATE_LIMITED',
    },
    { says: 'not so fast', answer: { status: 403, headers: { 'retry-after': '60' } }, code: 'REGISTRY_RATE_LIMITED' },
    { says: 'too many', answer: { status: 429, headers: { 'retry-after': '60' } }, code: 'REGISTRY_RATE_LIMITED' },
    { says: 'not now', answer: { status: 503 }, code: 'REGISTRY_UNAVAILABLE' },
  ])('are not told where the API says: $says', async ({ answer, code }) => {
    const { read } = api({ [orgs(1)]: answer, [users(1)]: answer });
    const error = (await read().catch((reason: unknown) => reason)) as Error;
    expect(error).toMatchObject({ code });
    expect(`${error.message} ${error.stack}`).not.toContain('job-token');
  });

  it.each([
    { status: 403, headers: { 'x-ratelimit-remaining': '0' } },
    { status: 403, headers: { 'retry-after': '60' } },
    { status: 429, headers: { 'retry-after': '60' } },
  ])('are not asked for again where the API wants to be left alone: %j', async (answer) => {
    const { read, asked } = api({ [orgs(1)]: answer });
    await expect(read()).rejects.toMatchObject({ code: 'REGISTRY_RATE_LIMITED' });
    await expect(read('acme', 'shop/other')).rejects.toMatchObject({ code: 'REGISTRY_RATE_LIMITED' });
    expect(asked).toEqual([orgs(1)]);
  });

  it('without a digest, a time or tags that are text tell nothing', async () => {
    const odd = [
      version('1.0', ['a']),
      version(DIGEST, ['b'], 'yesterday'),
      version(DIGEST, ['c'], '0001-01-01T00:00:00Z'),
      { ...version(DIGEST, []), metadata: { package_type: 'container', container: { tags: ['d', 5] } } },
      { ...version(OTHER, []), metadata: undefined },
    ] as Versions;
    const found = await api({ [orgs(1)]: odd }).read();
    expect(found.map(({ digest, tags }) => [digest, tags])).toEqual([
      [DIGEST, ['d']],
      [OTHER, []],
    ]);
  });
});
