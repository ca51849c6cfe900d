/** Tells Slack, by an incoming webhook. */
import type { Clock } from '../base/clock.ts';
import { messageOf, TowpathError } from '../base/errors.ts';
import { exchange, type Fetch, type HttpAnswer } from '../base/http.ts';
import { backoffMs, retryAfterMs } from '../base/retry.ts';
import type { Secret } from '../base/secret.ts';
import type { Announcement, Notifier } from '../command/adapters/notifier.ts';
import { renderSlack } from '../core/report/slack.ts';
import { answerText, hintFor } from './slack-answer.ts';

export interface SlackOptions {
  readonly webhookUrl: Secret;
  /** For webhooks that may choose their channel; an app's webhook is bound to one and ignores it. */
  readonly channel: string | undefined;
  readonly username?: string | undefined;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

export type NotifyErrorCode = 'NOTIFY_FAILED';

/** In all, retries and pauses included: a message must not hold up a deploy. */
const BUDGET_MS = 60_000;
const ATTEMPT_MS = 15_000;
const FIRST_PAUSE_MS = 1_000;
const MOST_ATTEMPTS = 6;
const MAX_ANSWER_BYTES = 64 * 1024;

/** What one attempt came to. `again`: the message was surely not taken, and another attempt may help. */
type Attempt =
  | { readonly kind: 'sent' }
  | { readonly kind: 'again'; readonly error: TowpathError<NotifyErrorCode>; readonly pauseMs: number | undefined }
  | { readonly kind: 'refused'; readonly error: TowpathError<NotifyErrorCode> };

/** A notifier that posts to `webhookUrl`. No message of it contains the address. */
export function createSlackNotifier(options: SlackOptions): Notifier {
  const name = options.channel === undefined ? 'slack' : `slack ${options.channel}`;
  return { name, send: (announcement, signal) => deliver({ announcement, name, signal }, options) };
}

interface Delivery {
  readonly announcement: Announcement;
  readonly name: string;
  readonly signal: AbortSignal | undefined;
}

async function deliver(delivery: Delivery, options: SlackOptions): Promise<void> {
  const { clock } = options;
  const deadline = clock.now() + BUDGET_MS;
  const body = JSON.stringify(payloadOf(delivery.announcement, options));
  for (let attempt = 1; ; attempt++) {
    const result = await post({ ...delivery, body, deadline }, options);
    if (result.kind === 'sent') return;
    if (result.kind === 'refused') throw result.error;
    const pauseMs = result.pauseMs ?? backoffMs(attempt, FIRST_PAUSE_MS);
    if (attempt >= MOST_ATTEMPTS || clock.now() + pauseMs >= deadline) throw result.error;
    await clock.sleep(pauseMs, delivery.signal);
  }
}

/** The bar's colour needs an attachment; the headline stands above it and is what notifications show. */
function payloadOf(announcement: Announcement, { channel, username }: SlackOptions): object {
  const message = renderSlack(announcement.report, announcement);
  return {
    ...(channel === undefined ? {} : { channel }),
    ...(username === undefined ? {} : { username }),
    text: message.text,
    unfurl_links: false,
    unfurl_media: false,
    attachments: [{ color: message.color, fallback: message.text, blocks: message.blocks }],
  };
}

async function post(
  delivery: Delivery & { readonly body: string; readonly deadline: number },
  options: SlackOptions,
): Promise<Attempt> {
  const { clock, fetch, webhookUrl } = options;
  const totalMs = Math.min(ATTEMPT_MS, Math.max(1, delivery.deadline - clock.now()));
  const request = {
    method: 'POST',
    url: new URL(webhookUrl.reveal()),
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: delivery.body,
  } as const;
  try {
    const limits = { headersMs: totalMs, totalMs, maxBytes: MAX_ANSWER_BYTES };
    const answer = await exchange(request, { fetch, clock, signal: delivery.signal, ...limits });
    return judge(answer, { name: delivery.name, options });
  } catch (error) {
    delivery.signal?.throwIfAborted();
    const failed = new TowpathError<NotifyErrorCode>('NOTIFY_FAILED', messageOf(error), {
      subject: delivery.name,
      hint: 'Check that this machine reaches the webhook; the run itself is not affected.',
    });
    // A message whose answer got lost may have arrived: sending it again could tell people twice.
    const unreachable = error instanceof TowpathError && error.code === 'HTTP_UNREACHABLE';
    return unreachable ? { kind: 'again', error: failed, pauseMs: undefined } : { kind: 'refused', error: failed };
  }
}

function judge(answer: HttpAnswer, { name, options }: { name: string; options: SlackOptions }): Attempt {
  const text = answerText(answer.body, options.webhookUrl);
  // Slack's own API answers 200 to everything and says in the body whether it worked.
  const refused = /^\{\s*"ok"\s*:\s*false/.test(text);
  if (answer.status >= 200 && answer.status < 300 && !refused) return { kind: 'sent' };
  const error = new TowpathError<NotifyErrorCode>(
    'NOTIFY_FAILED',
    `the message was refused (${answer.status})${text === '' ? '' : `: ${text}`}`,
    { subject: name, hint: hintFor(answer.status, text) },
  );
  if (answer.status !== 429 && answer.status < 500) return { kind: 'refused', error };
  return { kind: 'again', error, pauseMs: retryAfterMs(answer.headers.get('retry-after'), options.clock.now()) };
}
