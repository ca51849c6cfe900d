/** What Slack's refusals mean. */
import { oneLine } from '../base/printable.ts';
import { MASK, type Secret } from '../base/secret.ts';

const MOST_CHARS = 120;

/** Slack's code or sentence on one line, without the webhook's address or any part of it. */
export function answerText(body: Buffer, webhookUrl: Secret): string {
  let text = body.toString('utf8').slice(0, 4096);
  for (const hidden of partsOf(webhookUrl.reveal())) text = text.replaceAll(hidden, MASK);
  return oneLine(text, { longest: MOST_CHARS });
}

/** What of the address is a secret, as it stands and as other addresses quote it: receivers that are not Slack's have a key in the query. */
function partsOf(address: string): string[] {
  const { pathname, search } = new URL(address);
  const parts = [address, pathname, search.slice(1)].filter((part) => part.length > 1);
  return parts.flatMap((part) => [part, encodeURIComponent(part)]);
}

/** Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['no_service', 'Create a new webhook: this one was removed or switched off.'],
  ['no_service_id', 'Create a new webhook: this address is not whole.'],
  ['no_team', 'Create a new webhook: the workspace of this one is gone.'],
  ['team_disabled', 'Create a new webhook: the workspace of this one is gone.'],
  ['invalid_token', 'Create a new webhook: this one was removed, or its address is not whole.'],
  ['channel_not_found', 'Check the name of the channel, and that the webhook may post there.'],
  ['channel_is_archived', 'Choose another channel: this one is archived.'],
  ['action_prohibited', 'Ask an administrator of the workspace to allow the webhook to post there.'],
  ['posting_to_general_channel_denied', 'Choose another channel: an administrator restricts this one.'],
  ['user_not_found', 'Check the name in channel: there is no such user.'],
]);

export function hintFor(status: number, text: string): string {
  for (const [code, hint] of HINTS) if (new RegExp(`\\b${code}\\b`).test(text)) return hint;
  if (status === 429) return 'Send fewer messages to this channel; Slack takes about one a second.';
  if (status >= 500) return 'Run again later: the receiver has a fault of its own.';
  if (status === 404) return 'Check the address of the webhook.';
  return 'Check the webhook and the channel.';
}
