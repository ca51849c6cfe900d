/** GitHub's packages as a listing of ghcr.io: digest and time of push of each version, the newest first. */
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import type { Vendor } from './vendor.ts';

/** One version of a container package. */
export interface PackageVersion {
  /** The version's name: its digest. */
  readonly digest: string;
  readonly tags: readonly string[];
  readonly createdMs: number;
}

/**
 * Pages of a container package's versions, the newest first, by GitHub's API: its client is not this room's. `owner` and `name` are those of the
 * image: `ghcr.io/owner/name`.
 * Source: https://docs.github.com/en/rest/packages/packages#list-package-versions-for-a-package-owned-by-an-organization
 */
export type PackageVersions = (
  item: { readonly owner: string; readonly name: string },
  signal?: AbortSignal,
) => AsyncIterable<readonly PackageVersion[]>;

export function githubPackages(versions: PackageVersions): Vendor {
  return {
    order: 'recent',
    athome: false,
    movesShowFirst: false,
    pushesOnly: true,
    async *pages(path, signal) {
      const [owner = '', ...rest] = path.split('/');
      for await (const page of versions({ owner, name: rest.join('/') }, signal)) yield page.flatMap(factsOf);
    },
  };
}

function factsOf({ digest, tags, createdMs }: PackageVersion): readonly TagFacts[] {
  return tags.map((tag) => ({ tag, digest, pushedMs: createdMs }));
}
