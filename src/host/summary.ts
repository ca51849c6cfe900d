/** Keeps the job summary within what the runner takes: above that, it drops the whole summary. */

/** Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
export const SUMMARY_BYTES = 1024 * 1024;

const NOTICE = '\n_The summary is cut here: it would exceed 1 MiB. The report has everything._\n';

/** As many whole lines of `markdown` as fit beside the `used` bytes, with a notice where lines are missing; may be empty. */
export function fitSummary(markdown: string, used: number): string {
  const room = SUMMARY_BYTES - used;
  if (Buffer.byteLength(markdown) <= room) return markdown;
  const noticeBytes = Buffer.byteLength(NOTICE);
  let bytes = 0;
  const kept: string[] = [];
  for (const line of markdown.split('\n')) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes + noticeBytes > room) break;
    kept.push(line);
  }
  return kept.length === 0 ? '' : `${kept.join('\n')}\n${NOTICE}`;
}
