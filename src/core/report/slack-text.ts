/** Text from elsewhere inside Slack's mrkdwn: shown as it is, no mention, no link, no markup. */
import { oneLine } from '../../base/printable.ts';

/** Prose: Slack has no escape for its markup, so the characters that begin it are replaced by look-alikes. */
export function slackProse(text: string, most = 1_000): string {
  const shown = oneLine(text, { longest: most }).replace(
    /(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])/g,
    (char) => LOOKALIKES.get(char) ?? char,
  );
  return escapeSlack(shown.replaceAll('`', 'ˋ').replace(/(?<!\w)@(?=\w)/g, '@\u2060'));
}

/** A name in code font. */
export function slackCode(text: string, most = 1_000): string {
  const shown = oneLine(text, { longest: most }).replaceAll('`', 'ˋ');
  return shown === '' ? '' : `\`${escapeSlack(shown)}\``;
}

/** A link; the address must be ours. */
export function slackLink(url: string, label: string): string {
  return `<${url.replace(/[<>|\s]/g, encodeURIComponent)}|${escapeSlack(label)}>`;
}

/** Slack's three escapes. Source: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ['*', '∗'],
  ['_', 'ˍ'],
  ['~', '∼'],
]);
