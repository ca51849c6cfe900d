/** Packs lines into Block Kit sections within Slack's limits. */

export type SlackBlock =
  | { readonly type: 'section'; readonly text: SlackText }
  | { readonly type: 'context'; readonly elements: readonly SlackText[] };

export interface SlackText {
  readonly type: 'mrkdwn';
  readonly text: string;
  /** Else Slack makes links of whatever looks like an address or a channel: a tag may be called `evil.example.org`. */
  readonly verbatim: true;
}

/** Slack refuses a section of more than 3,000 characters. Source: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const SECTION = 2_900;

/** Slack refuses more than 50 blocks; one is the footer, and one the count of what is left out. */
const SECTIONS = 43;

/** Somewhere above 13,000 characters Slack answers `msg_blocks_too_long`, without saying so in its reference. */
const TOTAL = 12_000;

/** For the count of what is left out. */
const RESERVE = 50;

/**
 * As many whole lines as fit, in order, then how many more there are, then `footer`. `taken`: characters of the message outside of
 * the blocks.
 */
export function packBlocks(
  lines: readonly string[],
  { footer, taken }: { readonly footer: string; readonly taken: number },
): readonly SlackBlock[] {
  const sections: string[] = [];
  let current = '';
  let total = footer.length + taken + RESERVE;
  let shown = 0;
  for (const line of lines) {
    if (line.length > SECTION || total + line.length + 1 > TOTAL) continue;
    if (current !== '' && current.length + line.length + 1 > SECTION) {
      if (sections.length + 1 >= SECTIONS) break;
      sections.push(current);
      current = '';
    }
    current = current === '' ? line : `${current}\n${line}`;
    total += line.length + 1;
    shown++;
  }
  if (current !== '') sections.push(current);
  if (shown < lines.length) sections.push(`… +${lines.length - shown} more`);
  return [
    ...sections.map((text): SlackBlock => ({ type: 'section', text: mrkdwn(text) })),
    { type: 'context', elements: [mrkdwn(footer)] },
  ];
}

/** Source: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
function mrkdwn(text: string): SlackText {
  return { type: 'mrkdwn', text, verbatim: true };
}
