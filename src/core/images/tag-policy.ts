/** Which tags may be chosen, and in which order: the grammar of `fluxcd.io/tag.<container>` and of the config file. */

export type TagPolicy =
  | { readonly kind: 'glob'; readonly pattern: string }
  | { readonly kind: 'semver'; readonly range: string }
  | { readonly kind: 'regexp'; readonly pattern: string }
  | { readonly kind: 'alphabetical'; readonly order: 'asc' | 'desc'; readonly filter: TagFilter | undefined }
  | { readonly kind: 'numerical'; readonly order: 'asc' | 'desc'; readonly filter: TagFilter | undefined }
  | { readonly kind: 'latest-push'; readonly pattern: string | undefined }
  | { readonly kind: 'digest'; readonly tag: string | undefined }
  | { readonly kind: 'auto' };

/** RE2 pattern and what to order by (`$ts`, `${ts}`, `$1`), as in Flux v2's `filterTags`. */
export interface TagFilter {
  readonly pattern: string;
  readonly extract: string | undefined;
}

export type PolicyParse =
  | { readonly ok: true; readonly policy: TagPolicy; readonly warning: string | undefined }
  | { readonly ok: false; readonly message: string; readonly hint: string | undefined };
