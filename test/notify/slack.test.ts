import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { TowpathError } from '../../src/base/errors.ts';
import { Secret } from '../../src/base/secret.ts';
import type { Announcement } from '../../src/command/adapters/notifier.ts';
import { renderSlack } from '../../src/core/report/slack.ts';
import { createSlackNotifier } from '../../src/notify/slack.ts';
import { findSlackProblem } from '../control-plane/slack-limits.ts';
import { environment, image, report } from '../core/report/reports.ts';
import { type Answer, startWebhook } from './webhook-server.ts';

const ANNOUNCEMENT: Announcement = {
  report: report({ environments: [environment({ images: [image('updated')] })] }),
  repository: 'acme/config',
  runUrl: undefined,
  repositoryUrl: undefined,
};

const OK: Answer = { status: 200, body: 'ok' };

/** Pauses pass at once and are remembered; limits of time run out only when `expire` says so. */
function testClock() {
  let now = 0;
  const pauses: number[] = [];
  const limits = new Set<() => void>();
  const clock: Clock = {
    now: () => now,
    sleep: async (ms, signal) => {
      if (signal === undefined) {
        pauses.push(ms);
        now += ms;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        limits.add(resolve);
        signal.addEventListener('abort', () => {
          limits.delete(resolve);
          reject(signal.reason);
        });
      });
    },
  };
  const expire = () => {
    for (const runOut of limits) runOut();
  };
  return { clock, pauses, expire };
}

function notifierFor(url: string, options: { clock?: Clock; channel?: string; username?: string } = {}) {
  return createSlackNotifier({
    webhookUrl: new Secret(url),
    channel: options.channel,
    username: options.username,
    fetch,
    clock: options.clock ?? testClock().clock,
  });
}

async function failureOf(work: Promise<void>): Promise<TowpathError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TowpathError)) throw new Error(`expected a failure, got ${error}`);
  return error;
}

describe('a message to Slack', () => {
  it('is one POST with the rendered report', async () => {
    await using server = await startWebhook([OK]);
    await notifierFor(server.url, { channel: '#deployments', username: 'Towpath' }).send(ANNOUNCEMENT);
    expect(server.received).toHaveLength(1);
    const [request] = server.received;
    expect(request?.method).toBe('POST');
    expect(request?.path).toBe('/services/T0/B0/s3cr3t');
    expect(request?.headers['content-type']).toMatch(/^application\/json/);
    const payload = JSON.parse(request?.body ?? '');
    const { text, blocks, color } = renderSlack(ANNOUNCEMENT.report, ANNOUNCEMENT);
    expect(payload).toEqual({
      channel: '#deployments',
      username: 'Towpath',
      text,
      unfurl_links: false,
      unfurl_media: false,
      attachments: [{ color, fallback: text, blocks }],
    });
    expect(findSlackProblem(payload)).toBeNull();
  });

  it('names no channel where none is configured', async () => {
    await using server = await startWebhook([OK]);
    await notifierFor(server.url).send(ANNOUNCEMENT);
    expect(Object.keys(JSON.parse(server.received[0]?.body ?? ''))).toEqual([
      'text',
      'unfurl_links',
      'unfurl_media',
      'attachments',
    ]);
  });

  it('is taken by Slack though the report is large', async () => {
    await using server = await startWebhook([OK]);
    const images = Array.from({ length: 3_000 }, (_, index) => image('failed', `Deployment/prod/app-${index}`));
    const large = report({ outcome: 'failed', environments: [environment({ images })] });
    await notifierFor(server.url).send({ ...ANNOUNCEMENT, report: large });
    expect(findSlackProblem(JSON.parse(server.received[0]?.body ?? ''))).toBeNull();
  });
});

describe('a notifier', () => {
  it('is called after its channel', () => {
    expect(notifierFor('http://127.0.0.1', { channel: '#deployments' }).name).toBe('slack #deployments');
    expect(notifierFor('http://127.0.0.1').name).toBe('slack');
  });

  it.each<{ name: string; answers: Answer[]; pauses: number[] }>([
    {
      name: 'a limit, for as long as asked',
      answers: [{ status: 429, headers: { 'retry-after': '3' } }, OK],
      pauses: [3_000],
    },
    { name: 'a limit that names no time', answers: [{ status: 429 }, OK], pauses: [1_000] },
    {
      name: 'faults of the server',
      answers: [{ status: 503 }, { status: 500 }, { status: 502 }, OK],
      pauses: [1_000, 2_000, 4_000],
    },
    {
      name: 'a limit after a fault',
      answers: [{ status: 503 }, { status: 429, headers: { 'retry-after': '10' } }, OK],
      pauses: [1_000, 10_000],
    },
  ])('waits out $name', async ({ answers, pauses }) => {
    await using server = await startWebhook(answers);
    const time = testClock();
    await notifierFor(server.url, { clock: time.clock }).send(ANNOUNCEMENT);
    expect(time.pauses).toEqual(pauses);
    expect(server.received).toHaveLength(answers.length);
    expect(new Set(server.received.map(({ body }) => body)).size).toBe(1);
  });

  it.each<{ name: string; answer: Answer; attempts: number; message: string; hint: RegExp }>([
    {
      name: 'a webhook that is gone',
      answer: { status: 404, body: 'no_service' },
      attempts: 1,
      message: 'the message was refused (404): no_service',
      hint: /^Create a new webhook/,
    },
    {
      name: 'an archived channel',
      answer: { status: 410, body: 'channel_is_archived' },
      attempts: 1,
      message: 'the message was refused (410): channel_is_archived',
      hint: /archived/,
    },
    {
      name: 'an answer without words',
      answer: { status: 403 },
      attempts: 1,
      message: 'the message was refused (403)',
      hint: /webhook and the channel/,
    },
    {
      name: "a refusal of Slack's other interface, which is a 200",
      answer: { status: 200, body: '{"ok":false,"error":"channel_not_found"}' },
      attempts: 1,
      message: 'the message was refused (200): {"ok":false,"error":"channel_not_found"}',
      hint: /name of the channel/,
    },
    {
      name: 'a redirect, which is not followed',
      answer: { status: 302, headers: { location: '/elsewhere' } },
      attempts: 1,
      message: 'the message was refused (302)',
      hint: /webhook and the channel/,
    },
    {
      name: 'a limit that lasts too long',
      answer: { status: 429, headers: { 'retry-after': '60' }, body: 'rate_limited' },
      attempts: 1,
      message: 'the message was refused (429): rate_limited',
      hint: /one a second/,
    },
    {
      name: 'a fault that stays',
      answer: { status: 500, body: 'rollup_error' },
      attempts: 6,
      message: 'the message was refused (500): rollup_error',
      hint: /Run again later/,
    },
  ])('gives up on $name', async ({ answer, attempts, message, hint }) => {
    await using server = await startWebhook([answer]);
    const time = testClock();
    const error = await failureOf(notifierFor(server.url, { clock: time.clock, channel: '#a' }).send(ANNOUNCEMENT));
    expect(error).toMatchObject({ code: 'NOTIFY_FAILED', message, subject: 'slack #a' });
    expect(error.hint).toMatch(hint);
    expect(server.received).toHaveLength(attempts);
    expect(time.clock.now()).toBeLessThan(60_000);
  });

  it('tries again where nobody is there, and says so', async () => {
    const server = await startWebhook([OK]);
    await server[Symbol.asyncDispose]();
    const time = testClock();
    const error = await failureOf(notifierFor(server.url, { clock: time.clock }).send(ANNOUNCEMENT));
    expect(error.message).toBe('could not be reached (ECONNREFUSED)');
    expect(time.pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
  });

  it('does not send a second time what may have arrived', async () => {
    const time = testClock();
    await using server = await startWebhook(['hang'], time.expire);
    const error = await failureOf(notifierFor(server.url, { clock: time.clock }).send(ANNOUNCEMENT));
    expect(error).toMatchObject({ code: 'NOTIFY_FAILED', message: 'did not answer within 15 s' });
    expect(server.received).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    await using server = await startWebhook(['hang'], () => stop.abort(new Error('cancelled')));
    await expect(notifierFor(server.url).send(ANNOUNCEMENT, stop.signal)).rejects.toThrow('cancelled');
  });

  it.each([
    { name: 'what follows the path of its address', hook: '/hook?key=s3cr3t', body: 'cannot POST ?key=s3cr3t' },
    { name: 'what is encoded once more', hook: '/hook?key=s3cr3t', body: 'no %2Fhook%3Fkey%3Ds3cr3t here' },
    { name: 'its query alone', hook: '/hook?key=s3cr3t', body: 'no such key=s3cr3t' },
  ])('does not show $name', async ({ hook, body }) => {
    await using server = await startWebhook([{ status: 400, body }]);
    const url = new URL(hook, server.url).href;
    expect((await failureOf(notifierFor(url).send(ANNOUNCEMENT))).message).not.toMatch(/s3c/);
  });

  it('shows neither its address nor what a server makes of it', async () => {
    const path = '/services/T0/B0/s3cr3t';
    const body = `no such hook ${path} at ${path}\u001b[31m\n::error::x ${'y'.repeat(500)}`;
    await using server = await startWebhook([{ status: 400, body }]);
    const error = await failureOf(notifierFor(server.url).send(ANNOUNCEMENT));
    expect(`${error.message} ${error.hint} ${error.subject} ${error.stack}`).not.toContain('s3cr3t');
    expect(error.message).toMatch(
      /^the message was refused \(400\): no such hook \*\*\* at \*\*\*\uFFFD\[31m ::error::x y+…$/,
    );
    expect(error.message.length).toBeLessThan(200);
  });
});
