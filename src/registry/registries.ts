/** The registries of one run. */
import type { Clock } from '../base/clock.ts';
import { messageOf, type Problem } from '../base/errors.ts';
import type { Fetch } from '../base/http.ts';
import type { TimesAsk } from '../command/adapters/registries.ts';
import type { TagFacts, TagListing } from '../core/images/select/tag-facts.ts';
import type { AwsKeySource } from './cloud/aws-keys.ts';
import type { CredentialSource } from './credentials.ts';
import { describeTags } from './describe.ts';
import { fetchDigest } from './image-facts.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { usableListing } from './listing.ts';
import { noteTag } from './memory.ts';
import { createMemoryFiles, type MemoryFiles } from './memory-files.ts';
import { isTag } from './names.ts';
import { listPlainly } from './plain-listing.ts';
import { createRepositories, type Repository, type RepositoryName, warnOf } from './repositories.ts';
import { createSingleFlight } from './single-flight.ts';
import { addTimes } from './times.ts';
import { listByVendor, type VendorUse } from './vendor-listing.ts';
import { dialectOf } from './vendors/choose-vendor.ts';
import type { PackageVersions } from './vendors/github-packages.ts';

export interface RegistriesOptions {
  /** By the registry's name in image references: the only address it is asked at. Plain http is allowed here alone. */
  readonly endpoints?: ReadonlyMap<string, string>;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
  /** Where metadata is kept between runs; null for nowhere. */
  readonly cacheDir: string | null;
  readonly userAgent: string;
  readonly onWarning: (problem: Problem) => void;
  /** Told every secret before it is used: passwords, tokens, and the forms they are sent in. */
  readonly mask: (secret: string) => void;
  /** Keys for Amazon's APIs: with them its registries are listed with digests and times. */
  readonly awsKeys?: AwsKeySource | undefined;
  /** Versions of GitHub's packages: with them the times of pushes to ghcr.io are known. */
  readonly packageVersions?: PackageVersions | undefined;
  readonly fetch?: Fetch;
  readonly limits?: Partial<Limits>;
}

/** What the options come to. */
interface Run {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly files: MemoryFiles;
  readonly onWarning: (problem: Problem) => void;
}

/**
 * The registries as a run needs them: each repository is listed once, each registry has one connection and one measure of patience, and what
 * was learnt is kept by `save`. Errors are TowpathErrors with a RegistryErrorCode that name the registry and its answer, or the signal's reason.
 */
export function createRegistries(options: RegistriesOptions) {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const run: Run = {
    clock: options.clock,
    limits,
    files: createMemoryFiles(options.cacheDir, limits),
    onWarning: options.onWarning,
  };
  const repositories = createRepositories({
    ...options,
    ...run,
    endpoints: options.endpoints ?? new Map(),
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
  });
  const listings = createSingleFlight<TagListing>();
  return {
    async list(name: RepositoryName, signal?: AbortSignal): Promise<TagListing> {
      const repository = await repositories.open(name);
      if (repository.listing !== undefined) return repository.listing;
      const key = `${name.registry}/${name.path}`;
      repository.listing = await listings(key, () => listTags(run, repository, signal), signal);
      return repository.listing;
    },
    async times(name: RepositoryName, ask: TimesAsk, signal?: AbortSignal): Promise<readonly TagFacts[]> {
      const repository = await repositories.open(name);
      return addTimes(repository, { use: vendorUse(run, repository), ...ask }, signal);
    },
    async describe(
      name: RepositoryName,
      tags: readonly TagFacts[],
      signal?: AbortSignal,
    ): Promise<readonly TagFacts[]> {
      return describe(run, { repository: await repositories.open(name), tags }, signal);
    },
    async digest(name: RepositoryName, tag: string, signal?: AbortSignal): Promise<string | null> {
      return digestOfTag(run, { repository: await repositories.open(name), tag }, signal);
    },
    requests: repositories.requests,
    async save(): Promise<void> {
      for (const repository of repositories.opened()) await saveMemory(run, repository);
    },
  };
}

async function listTags(run: Run, repository: Repository, signal?: AbortSignal): Promise<TagListing> {
  const { connection, registry, path } = repository;
  const use = vendorUse(run, repository);
  const byVendor = use === undefined ? undefined : await listByVendor(use, signal);
  const dialect = dialectOf(connection.endpoint);
  const raw = byVendor ?? (await listPlainly({ ...run, connection, ...(dialect && { dialect }) }, path, signal));
  const { listing, dropped } = usableListing(raw, repository.memory, run.clock.now());
  if (dropped > 0) {
    const which =
      dropped === 1 ? 'a tag that is no valid one; it is' : `${dropped} tags that are no valid ones; they are`;
    warnOf(run, registry, `${registry} lists for ${path} ${which} left out`);
  }
  return listing;
}

function vendorUse(run: Run, repository: Repository): VendorUse | undefined {
  const { path, memory, registry } = repository;
  const vendor = repository.vendor();
  return vendor && { ...run, vendor, path, memory, onWarning: (message) => warnOf(run, registry, message) };
}

async function describe(
  run: Run,
  { repository, tags }: { readonly repository: Repository; readonly tags: readonly TagFacts[] },
  signal?: AbortSignal,
): Promise<readonly TagFacts[]> {
  const { connection, memory, path, reading, registry } = repository;
  return describeTags(
    {
      source: { connection, path, limits: run.limits },
      memory,
      reading,
      clock: run.clock,
      requestsSoFar: () => repository.requests,
      onWarning: (message) => warnOf(run, registry, message),
    },
    tags,
    signal,
  );
}

async function digestOfTag(
  { clock, limits }: Run,
  { repository, tag }: { readonly repository: Repository; readonly tag: string },
  signal?: AbortSignal,
): Promise<string | null> {
  if (!isTag(tag)) return null;
  const { connection, memory, path, reading } = repository;
  const digest = await reading.digests(tag, () => fetchDigest({ connection, path, limits }, tag, signal), signal);
  if (digest !== null) noteTag(memory, tag, { nowMs: clock.now(), digest });
  return digest;
}

async function saveMemory(run: Run, { connection, memory, registry, path }: Repository): Promise<void> {
  const scheme = connection.scheme();
  if (scheme !== undefined && JSON.stringify(scheme) !== JSON.stringify(memory.scheme)) {
    memory.scheme = scheme;
    memory.changed = true;
  }
  try {
    await run.files.save(memory);
  } catch (error) {
    warnOf(run, registry, `what was learnt of ${registry}/${path} could not be kept: ${messageOf(error)}`);
  }
}
