/** One image's move to another version, with what its labels say about the source. */
import { webLink } from '../report/web-link.ts';
import type { TagFacts } from './select/tag-facts.ts';

export interface ImageChange {
  /** The image's name as written. */
  readonly name: string;
  /** The tag before; undefined where there was none. */
  readonly from: string | undefined;
  readonly to: string;
  /** `sha256:…` of the new image, where the registry tells. */
  readonly digest: string | undefined;
  readonly source: ImageSource | undefined;
}

/** Where an image was built from, by its OCI labels. */
export interface ImageSource {
  /** Web address of the repository, https, without a trailing slash and without `.git`. */
  readonly url: string;
  /** Commit of the new image. */
  readonly revision: string;
  /** Commit of the old image, where it names the same repository. */
  readonly previous: string | undefined;
}

const SOURCE = 'org.opencontainers.image.source';
const REVISION = 'org.opencontainers.image.revision';

/**
 * The source of the new image, if its labels name an https address and a commit. Labels are the publisher's word:
 * anything that is no plain address or no hexadecimal commit counts as missing.
 * Source: https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
export function sourceOf(to: TagFacts | undefined, from: TagFacts | undefined): ImageSource | undefined {
  const url = webAddress(to?.labels?.[SOURCE]);
  const revision = commitOf(to?.labels?.[REVISION]);
  if (url === undefined || revision === undefined) return undefined;
  const sameSource = webAddress(from?.labels?.[SOURCE]) === url;
  return { url, revision, previous: sameSource ? commitOf(from?.labels?.[REVISION]) : undefined };
}

/** A link that shows what is new: the comparison where both commits are known and differ, else the new commit. */
export function sourceLink(source: ImageSource): string {
  const { url, revision, previous } = source;
  const { compare } = pagesOf(url);
  if (compare === undefined || previous === undefined || previous === revision) return commitLink(source);
  return `${url}/${compare}/${previous}...${revision}`;
}

/** The page of the new image's commit. */
export function commitLink({ url, revision }: ImageSource): string {
  return `${url}/${pagesOf(url).commit}/${revision}`;
}

interface Pages {
  readonly commit: string;
  /** Undefined where two commits have no page of their own. */
  readonly compare: string | undefined;
}

/** As GitHub has them, and so Gitea and Forgejo. */
const USUAL: Pages = { commit: 'commit', compare: 'compare' };

const PAGES: readonly { readonly host: RegExp; readonly pages: Pages }[] = [
  { host: /^gitlab\./, pages: { commit: '-/commit', compare: '-/compare' } },
  { host: /^bitbucket\.org$/, pages: { commit: 'commits', compare: undefined } },
  { host: /^dev\.azure\.com$/, pages: { commit: 'commit', compare: undefined } },
];

function pagesOf(url: string): Pages {
  const host = (/^https:\/\/([^/:]+)/.exec(url)?.[1] ?? '').toLowerCase();
  return PAGES.find((entry) => entry.host.test(host))?.pages ?? USUAL;
}

function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 300) return undefined;
  return webLink(text.trim())
    ?.replace(/\/$/, '')
    .replace(/\.git$/, '');
}

function commitOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{7,64}$/i.test(text.trim()) ? text.trim() : undefined;
}
