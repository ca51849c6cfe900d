import { describe, expect, it } from 'vitest';
import { list } from '../../../src/command/by-hand/list.ts';
import type { Request } from '../../../src/command/deps.ts';
import type { TagFacts } from '../../../src/core/images/select/tag-facts.ts';
import { memoryRegistries } from '../memory-registries.ts';
import { deployment, environment, NO_MANUAL, requestFor, startConfigRemote } from './manual-run.ts';

const FILES: Readonly<Record<string, string>> = {
  'prod/api.yaml': deployment('api', 'example.org/api:1.1.0', [
    'fluxcd.io/automated: "true"',
    'fluxcd.io/tag.app: semver:~1',
  ]),
  'prod/worker.yaml': `${deployment('worker', 'example.org/worker:main-2', ['fluxcd.io/locked: "true"'])}        - name: side
          image: example.org/side
`,
  'prod/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: prod}\n',
};

const built = (tag: string, day: number): TagFacts => ({ tag, createdMs: Date.UTC(2026, 0, day, 10, 30) });
const TAGS = {
  'example.org/api': [built('1.0.0', 1), built('1.1.0', 2), built('1.2.0', 3), built('1.10.0', 4), built('2.0.0', 5)],
  'example.org/worker': [built('main-1', 1), built('main-2', 2), { tag: 'main-3' }, built('main-4', 4)],
  'example.org/side': [],
};

async function listed(operands: readonly string[], given: { limit?: string; request?: Partial<Request> } = {}) {
  await using config = await startConfigRemote(FILES);
  for (const [path, text] of Object.entries(FILES)) await config.place.write(`clone/${path}`, text);
  const registries = memoryRegistries(TAGS);
  const request = requestFor(operands, { manual: { ...NO_MANUAL, limit: given.limit }, ...given.request });
  const result = await list(request, await config.deps(registries));
  return { ...result, described: registries.asked.describe };
}

describe('the list of workloads', () => {
  it('has every container with its image and what is said of it', async () => {
    const { lines, problems } = await listed(['workloads']);
    expect(problems).toEqual([]);
    expect(lines).toEqual([
      'WORKLOAD                CONTAINER  IMAGE                      POLICY',
      'prod:deployment/api     app        example.org/api:1.1.0      automated,semver:~1',
      'prod:deployment/worker  app        example.org/worker:main-2  locked',
      '                        side       example.org/side           locked',
    ]);
  });

  it('stands below the name of each environment where there are several', async () => {
    const environments = [environment('one', 'prod'), environment('two', 'prod')];
    const { lines } = await listed(['workloads'], { request: { environments } });
    expect(lines?.filter((line) => !line.includes('deployment') && !line.includes('side'))).toEqual([
      'one:',
      expect.stringMatching(/^WORKLOAD/),
      '',
      'two:',
      expect.stringMatching(/^WORKLOAD/),
    ]);
  });
});

describe('the list of images', () => {
  it('has the tags that the policy allows, in its order, and marks the running one', async () => {
    const { lines } = await listed(['images', 'deployment/api']);
    expect(lines).toEqual([
      'WORKLOAD             CONTAINER  IMAGE            CREATED',
      'prod:deployment/api  app        example.org/api',
      '                                |   1.10.0       2026-01-04T10:30:00Z',
      '                                |   1.2.0        2026-01-03T10:30:00Z',
      "                                '-> 1.1.0        2026-01-02T10:30:00Z",
      '                                    1.0.0        2026-01-01T10:30:00Z',
    ]);
  });

  it('says what is on hold, and not what was', async () => {
    await using config = await startConfigRemote({});
    const held = (value: string) => deployment('api', 'example.org/api:1.1.0', [`towpath/hold.app: ${value}`]);
    const shown = async (what: string, value: string) => {
      await config.place.write('clone/api.yaml', held(value));
      return (await list(requestFor([what]), await config.deps(memoryRegistries(TAGS)))).lines;
    };
    expect(await shown('workloads', 'why')).toEqual([
      'WORKLOAD             CONTAINER  IMAGE                  POLICY',
      'prod:deployment/api  app        example.org/api:1.1.0  on hold',
    ]);
    expect((await shown('images', 'until 2026-01-02 why'))?.slice(1, 3).map((line) => line.trim())).toEqual([
      'prod:deployment/api  app        example.org/api',
      'on hold until 2026-01-02: why',
    ]);
    expect((await shown('images', 'until 2026-01-01 why'))?.join()).not.toContain('hold');
  });

  it('shows the running tag beyond the limit, says what it leaves out, and asks for no more than it shows', async () => {
    const { lines, described } = await listed(['images', 'deployment/api'], { limit: '1' });
    expect(lines?.slice(2).map((line) => line.trim())).toEqual([
      '|   1.10.0              2026-01-04T10:30:00Z',
      ':   (2 images omitted)',
      "'-> 1.1.0               2026-01-02T10:30:00Z",
    ]);
    expect(described).toEqual(['1.10.0', '1.1.0']);
  });

  it('says at the end what it leaves out behind the running tag', async () => {
    const { lines } = await listed(['images', 'deployment/api'], { limit: '3' });
    expect(lines?.slice(2).map((line) => line.trim().split(/ {3,}(?=20)/)[0])).toEqual([
      '|   1.10.0',
      '|   1.2.0',
      "'-> 1.1.0",
      ':   (1 image omitted)',
    ]);
  });

  it('is in the order of build times where no policy says otherwise, unknown ones last', async () => {
    const { lines } = await listed(['images', 'deployment/worker'], { limit: '0' });
    expect(lines?.slice(2).map((line) => line.trim())).toEqual([
      '|   main-4          2026-01-04T10:30:00Z',
      "'-> main-2          2026-01-02T10:30:00Z",
      'main-1          2026-01-01T10:30:00Z',
      'main-3          ?',
      'side       example.org/side',
    ]);
  });

  it('has the problem of a registry that does not answer, and the rest', async () => {
    await using config = await startConfigRemote(FILES);
    for (const [path, text] of Object.entries(FILES)) await config.place.write(`clone/${path}`, text);
    const registries = memoryRegistries({ 'example.org/api': TAGS['example.org/api'] });
    const result = await list(requestFor(['images']), await config.deps(registries));
    expect(result.problems.map(({ message }) => message)).toEqual([
      'example.org does not answer',
      'example.org does not answer',
    ]);
    expect(result.lines?.filter((line) => line.includes("'->")).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ["'-> 1.1.0", '2026-01-02T10:30:00Z'],
      ["'-> main-2", '?'],
    ]);
  });
});

describe('list', () => {
  it.each([
    { operands: [], limit: undefined, code: 'USAGE_ARGUMENT' },
    { operands: ['pods'], limit: undefined, code: 'USAGE_ARGUMENT' },
    { operands: ['workloads', 'deployment/api'], limit: undefined, code: 'USAGE_ARGUMENT' },
    { operands: ['images'], limit: 'ten', code: 'USAGE_FLAG_VALUE' },
    { operands: ['images', 'deployment/apy'], limit: undefined, code: 'USAGE_WORKLOAD' },
  ])('of $operands (limit $limit) is refused', async ({ operands, limit, code }) => {
    const { problems } = await listed(operands, limit === undefined ? {} : { limit });
    expect(problems).toMatchObject([{ severity: 'error', code }]);
  });
});
