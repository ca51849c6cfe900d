/** The link of a row that shows what is new. */
import type { ImageRow } from './report.ts';
import { shortSha } from './sentences.ts';
import { webLink } from './web-link.ts';

export interface SourceLink {
  readonly url: string;
  /** `1a2b3c4...5d6e7f8`, or the new commit alone. */
  readonly label: string;
}

/** Undefined where nothing was updated, where the image does not say where it comes from, or where that is no plain address. */
export function sourceLinkOf({ action, source }: ImageRow): SourceLink | undefined {
  const url = source === undefined || action !== 'updated' ? undefined : webLink(source.link);
  if (source === undefined || url === undefined) return undefined;
  const commits = [...new Set([source.previous ?? source.revision, source.revision])];
  const plain = commits.every((commit) => /^[0-9a-f]+$/i.test(commit));
  return { url, label: plain ? commits.map(shortSha).join('...') : 'what is new' };
}
