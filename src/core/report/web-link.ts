/** Addresses from elsewhere that become links. */

const LONGEST = 600;

/**
 * `text` if it is a plain https address, without credentials, query or fragment, of characters that mean nothing to Markdown, to Slack
 * and to terminals; undefined for anything else.
 */
export function webLink(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  return /^https:\/\/[a-z0-9][a-z0-9.-]*(?::\d+)?(?:\/[\w.~-]+)+\/?$/i.test(text) ? text : undefined;
}
