/** Registries that know what a test tells them, and remember what they were asked. */
import type { ImageRepository, Registries } from '../../src/command/adapters/registries.ts';
import type { TagFacts } from '../../src/core/images/select/tag-facts.ts';

export interface MemoryRegistries extends Registries {
  readonly asked: { readonly list: string[]; readonly describe: string[]; readonly digest: string[] };
}

/** Tags by `registry/path`; a repository that is not among them fails like a registry that does not answer. */
export function memoryRegistries(tags: Readonly<Record<string, readonly TagFacts[]>>): MemoryRegistries {
  const asked = { list: [] as string[], describe: [] as string[], digest: [] as string[] };
  const known = ({ registry, path }: ImageRepository) => {
    const found = tags[`${registry}/${path}`];
    if (found === undefined) throw new Error(`${registry} does not answer`);
    return found;
  };
  return {
    asked,
    async list(repository) {
      asked.list.push(`${repository.registry}/${repository.path}`);
      const listed = known(repository).map(({ tag, firstSeenMs }) => ({ tag, firstSeenMs }));
      return { tags: listed, complete: true };
    },
    times: async (_repository, { tags: wanted }) => wanted,
    async describe(repository, wanted) {
      asked.describe.push(...wanted.map((facts) => facts.tag));
      return wanted.map((facts) => known(repository).find((entry) => entry.tag === facts.tag) ?? facts);
    },
    async digest(repository, tag) {
      asked.digest.push(tag);
      return known(repository).find((entry) => entry.tag === tag)?.digest ?? null;
    },
    requests: () => ({}),
    save: async () => undefined,
  };
}
