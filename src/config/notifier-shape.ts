/** An entry of `notify`: one notifier, or none where a variable it needs is not set. */
import { isMap, type Node } from 'yaml';
import type { Position } from '../base/errors.ts';
import { Secret } from '../base/secret.ts';
import { NOTIFIER_OFF } from './config.ts';
import { judgeWebhookUrl } from './names.ts';
import { mapped, object, optional } from './shape/collections.ts';
import type { Reading } from './shape/reading.ts';
import { text, textThat } from './shape/scalars.ts';
import { INVALID, type Shape } from './shape/shape.ts';

export interface SlackChoice {
  readonly kind: 'slack';
  readonly position: Position;
  /** Undefined: the one that the run was given beside the configuration. */
  readonly webhookUrl: Secret | undefined;
  readonly channel: string | undefined;
  readonly username: string | undefined;
}

export type NotifierChoice = SlackChoice | { readonly kind: 'off' };

/** A variable that is not set turns the notifier off with a warning, so that forks and local runs work. */
export function notifierShape(): Shape<NotifierChoice> {
  const shape = object<{ slack: Omit<SlackChoice, 'kind' | 'position'> | undefined }>({
    slack: optional(slackShape(), 'A Slack channel, by an incoming webhook.'),
  });
  return {
    schema: { ...shape.schema, minProperties: 1, maxProperties: 1 },
    read: (node, reading) => {
      const { result, missing } = reading.collectingMissing(() => readChoice(node, { shape, reading }));
      if (missing.size === 0) return result;
      const names = [...missing].join(' and ');
      reading.warnAt(reading.positionOf(node), {
        code: NOTIFIER_OFF,
        message: `${reading.path} is off: ${names} ${missing.size === 1 ? 'is' : 'are'} not set`,
        hint: `Set ${names} to be told about this run.`,
      });
      return { kind: 'off' };
    },
  };
}

function slackShape(): Shape<Omit<SlackChoice, 'kind' | 'position'>> {
  return object<Omit<SlackChoice, 'kind' | 'position'>>({
    webhookUrl: optional(
      mapped(textThat(judgeWebhookUrl), (url) => new Secret(url)),
      'The incoming webhook, from a variable; default: SLACK_WEBHOOK_URL.',
    ),
    channel: optional(text(), 'The channel, for webhooks that may choose one.'),
    username: optional(text(), 'The name to post under, for webhooks that may choose one.'),
  });
}

function readChoice(
  node: Node | null,
  { shape, reading }: { shape: Shape<{ slack: Omit<SlackChoice, 'kind' | 'position'> | undefined }>; reading: Reading },
): NotifierChoice | typeof INVALID {
  const value = shape.read(node, reading);
  if (value === INVALID) return INVALID;
  if (value.slack !== undefined) return { kind: 'slack', position: reading.positionOf(node), ...value.slack };
  const target = reading.resolve(node);
  if (isMap(target)) {
    reading.complain(target, {
      code: 'CONFIG_MISSING_KEY',
      message: 'names no notifier',
      hint: "Add the key 'slack'.",
    });
  }
  return INVALID;
}
