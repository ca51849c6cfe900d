import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import type { Problem } from '../../../src/base/errors.ts';
import { type ImagePlan, planImages } from '../../../src/command/images/plan-images.ts';
import { type Answer, json, startFaultServer } from '../../registry/fault-server.ts';
import { registriesAt } from '../../registry/small-registry.ts';

const LIST = { tags: ['1.0.0', '1.1.0'] };

/** What a registry does to whoever asks it for tags, and what has to come of it. */
interface Hostile {
  readonly name: string;
  readonly list: Answer;
  /** Undefined: the image is updated all the same. */
  readonly says?: RegExp;
  readonly warns?: RegExp;
}

const hostiles: readonly Hostile[] = [
  { name: 'never answers', list: () => undefined, says: /did not answer within/ },
  {
    name: 'trickles headers',
    list: (_request, response) => {
      const { socket } = response;
      socket?.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket?.write('x-more: 1\r\n'), 20);
      socket?.on('close', () => clearInterval(timer)).on('error', () => undefined);
    },
    says: /did not answer within/,
  },
  {
    name: 'trickles tags',
    list: (_request, response) => {
      response.writeHead(200);
      response.write('{"tags":["1.0.0"');
      const timer = setInterval(() => response.write(',"1.1.0"'), 20);
      response.on('close', () => clearInterval(timer));
    },
    says: /did not finish its answer within/,
  },
  {
    name: 'floods a header',
    list: (_request, response) => json(response, LIST, { headers: { 'x-flood': 'a'.repeat(200_000) } }),
    says: /could not be reached \(UND_ERR_HEADERS_OVERFLOW\)/,
  },
  {
    name: 'floods headers',
    list: (_request, response) => {
      const headers = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x-${index}`, 'flood']));
      json(response, LIST, { headers });
    },
    says: /could not be reached \(UND_ERR_HEADERS_OVERFLOW\)/,
  },
  {
    name: 'floods tags',
    list: (_request, response) => {
      response.writeHead(200);
      response.write('{"tags":["1.0.0"');
      const more = () => {
        while (response.write(`,"${'x'.repeat(100)}"`.repeat(1_000)));
      };
      response.on('drain', more);
      more();
    },
    says: /sent more than 33554432 bytes/,
  },
  {
    name: 'nests its answer a million deep',
    list: (_request, response) => void response.end(`{"tags":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`),
    says: /with (?:a tag that is no text|something that is no JSON object)/,
  },
  {
    name: 'redirects in a circle',
    list: (_request, response) => void response.writeHead(307, { location: '/v2/' }).end(),
    says: /too many redirects in a row/,
  },
  {
    name: 'lists without end',
    list: (request, response) => {
      const page = Number(new URL(request.url, 'http://any').searchParams.get('page') ?? 0);
      const tags = Array.from({ length: 10_000 }, (_, index) => `1.${page}.${index}`);
      json(response, { tags }, { headers: { link: `<?page=${page + 1}>; rel="next"` } });
    },
    says: /is not whole: \S+ sent a listing of org\/app of more than 250000 tags/,
    warns: /of more than 250000 tags/,
  },
  {
    name: 'asks for tokens in a header of garbage',
    list: (_request, response) =>
      json(response, {}, { status: 401, headers: { 'www-authenticate': `Bearer realm="${'a=",'.repeat(2_000)}` } }),
    says: /answered 401/,
  },
  {
    name: 'lists a tag two million times',
    list: (_request, response) => void response.end(`{"tags":[${'"1.0.0",'.repeat(2_000_000)}"1.1.0"]}`),
  },
  {
    name: 'lists tags of ten thousand characters',
    list: (_request, response) =>
      json(response, {
        tags: [...LIST.tags, ...Array.from({ length: 1_000 }, (_, index) => '9'.repeat(10_000 + index))],
      }),
    warns: /1000 tags that are no valid ones/,
  },
  {
    name: 'lists names that are meant to be printed',
    list: (_request, response) =>
      json(response, {
        tags: [...LIST.tags, '9.0.0\u001b[2J', '9.0.0\n::error::x', '9.0.0\u202e', '$(reboot)', '9 0 0'],
      }),
    warns: /5 tags that are no valid ones/,
  },
  {
    name: 'lists names of the language',
    list: (_request, response) =>
      void response.end('{"__proto__":{"tags":["9.0.0"]},"tags":["1.0.0","1.1.0","__proto__","constructor"]}'),
  },
];

function workload(name: string, images: Readonly<Record<string, string>>): string {
  const containers = Object.entries(images).map(
    ([container, image]) => `        - {name: ${container}, image: "${image}"}\n`,
  );
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  annotations: {fluxcd.io/automated: "true", ${Object.keys(images)
    .map((container) => `fluxcd.io/tag.${container}: semver:*`)
    .join(', ')}}
spec:
  template:
    spec:
      containers:
${containers.join('')}`;
}

const hostOf = (index: number) => `hostile-${index}.test`;
const texts: ReadonlyMap<string, string> = new Map([
  ['first.yaml', workload('first', { app: 'good.test/org/app:1.0.0' })],
  ...hostiles.map(
    (_, index) =>
      [
        `hostile-${index}.yaml`,
        workload(`hostile-${index}`, { bad: `${hostOf(index)}/org/app:1.0.0`, app: 'good.test/org/app:1.0.0' }),
      ] as const,
  ),
  ['last.yaml', workload('last', { app: 'good.test/org/app:1.0.0' })],
]);

let plan: ImagePlan;
let said: readonly Problem[];

// One run with all of them: what one does must not reach the images of another.
beforeAll(async () => {
  await using servers = new AsyncDisposableStack();
  const start = async (list: Answer) => {
    const answer: Answer = (request, response, count) => {
      if (/\/(?:manifests|blobs)\//.test(request.url)) return json(response, {}, { status: 404 });
      return list(request, response, count);
    };
    return servers.use(await startFaultServer(answer));
  };
  const good = await start((_request, response) => json(response, LIST));
  const bad = await Promise.all(hostiles.map(({ list }) => start(list)));
  const endpoints = new Map([['good.test', good.url], ...bad.map(({ url }, index) => [hostOf(index), url] as const)]);
  // Waiting is cut short; sizes are those of every run.
  const limits = { headersMs: 6_000, answerMs: 7_000, troubleMs: 7_000, leastMs: 500, firstPauseMs: 1 };
  const { registries, warnings } = registriesAt(good.url, { endpoints, limits });
  plan = await planImages(
    {
      files: [...texts].map(([path, text]) => ({ kind: 'objects', file: { path, bytes: Buffer.from(text) } })),
      rules: [],
      fields: [],
    },
    { registries, clock: systemClock, signal: new AbortController().signal },
  );
  said = [...warnings, ...plan.problems];
}, 120_000);

function textAfter(path: string): string | undefined {
  const change = plan.changes.find((one) => one.path === path);
  return change && Buffer.from(change.bytes).toString('utf8');
}

describe('a registry that', () => {
  it.each(hostiles.map((hostile, index) => ({ ...hostile, index })))(
    '$name harms no image but its own, and that only if it has to',
    ({ index, says, warns }) => {
      const file = `hostile-${index}.yaml`;
      const [own, other] = plan.bumps.get(file) ?? [];
      expect(other?.row).toMatchObject({ to: '1.1.0', action: 'updated' });
      if (says === undefined) expect(own?.row).toMatchObject({ to: '1.1.0', action: 'updated' });
      else
        expect(own?.row).toMatchObject({
          action: expect.stringMatching(/failed|unchanged/),
          reason: expect.stringMatching(says),
        });
      const text = texts.get(file) ?? '';
      expect(textAfter(file)).toBe(
        says === undefined
          ? text.replaceAll(':1.0.0', ':1.1.0')
          : text.replace('good.test/org/app:1.0.0', 'good.test/org/app:1.1.0'),
      );
      const about = said.filter(({ message, subject }) => `${subject} ${message}`.includes(hostOf(index)));
      if (says !== undefined || warns !== undefined) expect(about).not.toEqual([]);
      if (warns !== undefined) expect(about.map(({ message }) => message).join('\n')).toMatch(warns);
    },
  );
});

describe('beside such registries', () => {
  it.each(['first.yaml', 'last.yaml'])('%s is updated', (file) => {
    expect(textAfter(file)).toBe(texts.get(file)?.replace(':1.0.0', ':1.1.0'));
  });

  it('nothing that is said is long, or holds what does not print', () => {
    const rows = [...plan.bumps.values()].flat().map(({ row }) => `${row.from} ${row.to} ${row.reason}`);
    for (const text of [...rows, ...said.flatMap(({ message, hint = '' }) => [message, hint])]) {
      expect(text).toMatch(/^[^\p{Cc}\p{Cf}]{0,600}$/u);
    }
  });
});
