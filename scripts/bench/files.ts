/** A scan of 10,000 files, a tenth of them automated workloads that all get a new tag: read, planned, edited. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { imageFilesOf } from '../../src/command/environment-manifests.ts';
import { findSources } from '../../src/command/generated/environment-sources.ts';
import { planImages } from '../../src/command/images/plan-images.ts';
import { openRepository } from '../../src/repository/open-repository.ts';
import { generateRepository } from './generate-repository.ts';
import { median, renderTimes, timed } from './measure.ts';

const FILES = 10_000;
const POSITION = { file: '.towpath.yaml', line: 1, col: 1 };
const ENVIRONMENT = {
  name: 'bench',
  position: POSITION,
  branch: undefined,
  paths: [{ value: 'apps', position: POSITION }],
  values: [],
  clusters: [],
  generators: false,
};

/** No network here: the registries of this part answer at once. */
const REGISTRIES = {
  list: async () => ({ tags: TAGS, complete: true }),
  times: async <T>(_repository: unknown, { tags }: { readonly tags: T }) => tags,
  describe: async <T>(_repository: unknown, tags: T) => tags,
  digest: async () => null,
  requests: () => ({}),
  save: async () => undefined,
};
const TAGS = Array.from({ length: 100 }, (_, index) => ({ tag: `1.${index % 5}.${index}` }));

export async function benchFiles(): Promise<readonly string[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'towpath-bench-'));
  try {
    const { bytes, automated } = await generateRepository(directory, FILES);
    const repository = await openRepository({ directory, env: process.env, clock: systemClock, mask: () => undefined });
    const signal = new AbortController().signal;
    let edited = 0;
    const times = await timed(5, async () => {
      const snapshot = await repository.workTree(signal);
      const read = await findSources({ snapshot, environment: ENVIRONMENT, event: { fromFork: false } }, signal);
      const images = { files: imageFilesOf([read]), rules: [], fields: [] };
      const plan = await planImages(images, { registries: REGISTRIES, clock: systemClock, signal });
      edited = plan.changes.length;
    });
    const seconds = median(times) / 1000;
    return [
      `${FILES} files, ${(bytes / 1e6).toFixed(1)} MB, ${automated} automated, ${edited} edited: ${renderTimes(times)}`,
      `${Math.round(FILES / seconds)} files/s, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s`,
    ];
  } finally {
    await rm(directory, { recursive: true });
  }
}
