import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Stage, startStage } from './adapters-run.ts';
import { JOB_TOKEN } from './clouds.ts';

const JOB = { GITHUB_ACTIONS: 'true' };
const EVENT = { kind: 'schedule', name: 'schedule', repository: 'Acme/config' } as const;
const API = 'GET api.github.com/orgs/acme/packages/container/api/versions';
const GHCR = { registry: 'ghcr.io', path: 'acme/api' };
const PUSHED = Date.parse('2025-12-01T00:00:00Z');

let stage: Stage;

beforeEach(async () => {
  stage = await startStage();
});

afterEach(() => stage[Symbol.asyncDispose]());

const apiRequests = () => stage.clouds.asked.filter((line) => line.includes('api.github.com'));

describe("the packages of the repository's owner", () => {
  it("tell by the job's token when tags were pushed, and count as GitHub's requests", async () => {
    const { adapters, registries, leaks, warnings } = await stage.run({
      env: JOB,
      event: EVENT,
      githubToken: JOB_TOKEN,
    });
    const { tags } = await registries.list(GHCR);
    expect(apiRequests()).toEqual([]);
    expect(await registries.times(GHCR, { tags, wanted: 'builds' })).toMatchObject([
      { tag: '1.0', pushedMs: undefined },
    ]);
    expect(apiRequests()).toEqual([]);
    expect(await registries.times(GHCR, { tags, wanted: 'pushes' })).toMatchObject([{ tag: '1.0', pushedMs: PUSHED }]);
    expect(await registries.times(GHCR, { tags, wanted: 'pushes' })).toMatchObject([{ tag: '1.0', pushedMs: PUSHED }]);
    expect(apiRequests()).toEqual([API]);
    expect(adapters.githubRequests()).toBe(1);
    expect(registries.requests()).toEqual({ 'ghcr.io': { requests: 2 } });
    expect([await leaks(), warnings]).toEqual([[], []]);
  });

  it.each([
    { name: 'without the token', githubToken: undefined },
    { name: "for a fork's code", event: { ...EVENT, fromFork: true } },
    { name: 'outside of a repository', event: { kind: 'terminal', name: 'terminal' } as const },
    {
      name: 'on another server, which has packages of its own',
      env: { ...JOB, GITHUB_API_URL: 'https://git.acme.test/api/v3' },
    },
  ])('are not asked for $name', async (given) => {
    const run = await stage.run({ env: JOB, event: EVENT, githubToken: JOB_TOKEN, ...given });
    const { tags } = await run.registries.list(GHCR);
    expect(await run.registries.times(GHCR, { tags, wanted: 'pushes' })).toMatchObject([{ pushedMs: undefined }]);
    expect([apiRequests(), run.adapters.githubRequests(), run.warnings]).toEqual([[], 0, []]);
  });

  it.each([
    { name: 'of others', path: 'other/api', requests: 0 },
    { name: 'that do not exist, or not for the token', path: 'acme/secret', requests: 2 },
  ])('$name are done without, silently', async ({ path, requests }) => {
    const { registries, warnings } = await stage.run({ env: JOB, event: EVENT, githubToken: JOB_TOKEN });
    const name = { registry: 'ghcr.io', path };
    const { tags } = await registries.list(name);
    expect(await registries.times(name, { tags, wanted: 'pushes' })).toMatchObject([
      { tag: '1.0', pushedMs: undefined },
    ]);
    expect([apiRequests().length, warnings]).toEqual([requests, []]);
  });

  it('are done without where the token may not read them', async () => {
    stage.clouds.refuse('api.github.com');
    const { registries, warnings, leaks } = await stage.run({ env: JOB, event: EVENT, githubToken: JOB_TOKEN });
    const { tags } = await registries.list(GHCR);
    expect(await registries.times(GHCR, { tags, wanted: 'pushes' })).toMatchObject([
      { tag: '1.0', pushedMs: undefined },
    ]);
    expect([warnings, await leaks()]).toEqual([[], []]);
  });
});
