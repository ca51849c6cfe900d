/** Plans the images of files in memory, the policies that their markers name included. */
import type { Problem } from '../../../src/base/errors.ts';
import type { Kustomize } from '../../../src/command/adapters/kustomize.ts';
import type { Snapshot } from '../../../src/command/adapters/repository.ts';
import { imageFilesOf } from '../../../src/command/environment-manifests.ts';
import { findSources } from '../../../src/command/generated/environment-sources.ts';
import { loadImagePolicies } from '../../../src/command/images/image-policies.ts';
import { planImages } from '../../../src/command/images/plan-images.ts';
import type { EnvironmentConfig } from '../../../src/config/config.ts';
import type { ImageRule } from '../../../src/core/images/image-rule.ts';
import type { TagFacts } from '../../../src/core/images/select/tag-facts.ts';
import type { ImageRow } from '../../../src/core/report/report.ts';
import { type MemoryRegistries, memoryRegistries } from '../memory-registries.ts';

export interface MarkedInput {
  /** The tree, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Of the one environment. */
  readonly paths: readonly string[];
  /** Or of several. */
  readonly environments?: Readonly<Record<string, readonly string[]>>;
  readonly tags: Readonly<Record<string, readonly (string | TagFacts)[]>>;
  readonly rules?: readonly ImageRule[];
  /** What builds print, by `<directory>.yaml`; those that are not there print nothing. */
  readonly built?: Readonly<Record<string, string>>;
  readonly kustomize?: Kustomize;
  readonly fromFork?: boolean;
}

export interface MarkedPlan {
  readonly rows: readonly ImageRow[];
  readonly problems: readonly Problem[];
  /** The new text of files that change. */
  readonly changed: Readonly<Record<string, string>>;
  readonly registries: MemoryRegistries;
}

const POSITION = { file: '.towpath.yaml', line: 1, col: 1 };

export async function planMarked(given: MarkedInput): Promise<MarkedPlan> {
  const { signal } = new AbortController();
  const snapshot = snapshotOf(given.files);
  const event = { fromFork: given.fromFork ?? false };
  const environments = Object.entries(given.environments ?? { dev: given.paths });
  const sources = await Promise.all(
    environments.map(([name, paths]) =>
      findSources({ snapshot, environment: environmentOf(name, paths), event }, signal),
    ),
  );
  const kustomize = given.kustomize ?? printing(given.built ?? {});
  const policies = await loadImagePolicies({ sources, event }, { kustomize, signal });
  const tags = Object.entries(given.tags).map(([name, list]) => [
    name,
    list.map((entry) => (typeof entry === 'string' ? { tag: entry } : entry)),
  ]);
  const registries = memoryRegistries(Object.fromEntries(tags) as Record<string, TagFacts[]>);
  const clock = { now: () => Date.parse('2026-11-20T12:00:00Z'), sleep: async () => undefined };
  const settings = { rules: given.rules ?? [], fields: [] };
  const planned = await planImages(
    { files: imageFilesOf(sources), policies, ...settings },
    { registries, clock, signal },
  );
  return {
    rows: [...planned.bumps.values()].flat().map(({ row }) => row),
    problems: [...sources.flatMap(({ problems }) => problems), ...planned.problems],
    changed: Object.fromEntries(planned.changes.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])),
    registries,
  };
}

function environmentOf(name: string, paths: readonly string[]): EnvironmentConfig {
  return {
    name,
    position: POSITION,
    branch: undefined,
    paths: paths.map((value) => ({ value, position: POSITION })),
    values: [],
    clusters: [],
    generators: false,
  };
}

function printing(built: Readonly<Record<string, string>>): Kustomize {
  return {
    build: async ({ directories }) =>
      directories.map((directory) => ({
        kind: 'built',
        directory,
        bytes: Buffer.from(built[`${directory}.yaml`] ?? ''),
      })),
  };
}

function snapshotOf(files: Readonly<Record<string, string>>): Snapshot {
  const entries = Object.entries(files)
    .map(([path, text]) => ({ path, kind: 'file' as const, size: Buffer.byteLength(text) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    branch: null,
    revision: null,
    entries,
    links: async () => new Map(),
    read: async (paths) => ({
      files: paths.map((path) => ({ path, bytes: Buffer.from(files[path] ?? '') })),
      problems: [],
    }),
  };
}
