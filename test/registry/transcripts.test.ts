import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../src/base/http.ts';
import { Secret } from '../../src/base/secret.ts';
import type { TagFacts } from '../../src/core/images/select/tag-facts.ts';
import { environmentAwsKeys, roleAwsKeys } from '../../src/registry/cloud/aws-keys.ts';
import { azureCredentials } from '../../src/registry/cloud/azure.ts';
import { ecrCredentials } from '../../src/registry/cloud/ecr.ts';
import { googleCredentials } from '../../src/registry/cloud/google.ts';
import { type CredentialSource, firstCredential, githubTokenCredential } from '../../src/registry/credentials.ts';
import { createRegistries, type RegistriesOptions } from '../../src/registry/registries.ts';
import { SOON } from './small-registry.ts';
import { type Run, readTranscript, replay, type Setup, type Step, type Transcript } from './transcript.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/registry/', import.meta.url));

describe('transcripts', async () => {
  for (const name of await readdir(FIXTURES)) {
    const transcript = await readTranscript(join(FIXTURES, name));
    it(`${name}: ${transcript.about}`, () => play(transcript));
  }
});

async function play(transcript: Transcript): Promise<void> {
  expect(transcript.sources.length).toBeGreaterThan(0);
  const cacheDir = await mkdtemp(join(tmpdir(), 'towpath-test-'));
  try {
    for (const run of transcript.runs) await playRun(transcript, run, cacheDir);
  } finally {
    await rm(cacheDir, { recursive: true });
  }
}

async function playRun({ image, setup = {} }: Transcript, run: Run, cacheDir: string): Promise<void> {
  const { fetch, problems } = replay(run.exchanges);
  const warnings: string[] = [];
  const masked = new Set<string>();
  const nowMs = Date.parse(run.now ?? '2026-01-01T00:00:00Z');
  // Time stands still, and pauses are over at once; timers of exchanges never fire.
  const clock = {
    now: () => nowMs,
    sleep: (ms: number) => (ms > 100 ? new Promise<void>(() => undefined) : Promise.resolve()),
  };
  const registry = image.slice(0, image.indexOf('/'));
  const name = { registry, path: image.slice(registry.length + 1) };
  const mask = (secret: string) => void masked.add(secret);
  const registries = createRegistries({
    ...accessOf(setup, { fetch, clock, mask }),
    endpoints: new Map(setup.endpoint === undefined ? [] : [[registry, setup.endpoint]]),
    clock,
    cacheDir,
    userAgent: 'towpath/test',
    mask,
    onWarning: (problem) => warnings.push(problem.message),
    fetch,
    limits: SOON,
  });
  let listed: readonly TagFacts[] = [];
  const outcomes: [Step, object][] = [];
  for (const step of run.steps) {
    const result = await takeStep(registries, { name, step, listed }).catch((error: unknown) => ({ error }));
    if (step.call === 'list' && 'tags' in result) listed = result.tags as readonly TagFacts[];
    outcomes.push([step, result]);
  }
  expect(problems()).toEqual([]);
  for (const [step, result] of outcomes) expectStep(step, result);
  expect(warnings).toEqual(run.warnings ?? []);
  expect(registries.requests()).toEqual({ [registry]: { requests: run.requests ?? run.exchanges.length } });
  for (const secret of run.masked ?? []) expect(masked).toContain(secret);
  await registries.save();
}

interface Collaborators {
  readonly fetch: Fetch;
  readonly clock: RegistriesOptions['clock'];
  readonly mask: (secret: string) => void;
}

function accessOf(
  setup: Setup,
  given: Collaborators,
): Pick<RegistriesOptions, 'credentials' | 'awsKeys' | 'packageVersions'> {
  const { credential, jobToken, identity, env, packageVersions } = setup;
  const tools = { ...given, userAgent: 'towpath/test' };
  const idToken = async ({ audience }: { audience: string }) => new Secret(`id-token for ${audience}`);
  const sources: CredentialSource[] = [];
  if (credential !== undefined) {
    const password = new Secret(credential.password);
    sources.push(async () => ({ kind: 'basic', username: credential.username, password }));
  }
  if (jobToken !== undefined) sources.push(githubTokenCredential(new Secret(jobToken)));
  if (identity?.google !== undefined) sources.push(googleCredentials({ ...identity.google, idToken }, tools));
  if (identity?.azure !== undefined) sources.push(azureCredentials({ ...identity.azure, idToken }, tools));
  let awsKeys = env === undefined ? undefined : environmentAwsKeys(env, given.mask);
  if (identity?.aws !== undefined) awsKeys = roleAwsKeys({ ...identity.aws, idToken }, tools);
  if (awsKeys !== undefined) sources.push(ecrCredentials(awsKeys, tools));
  const versions =
    packageVersions &&
    async function* () {
      yield* packageVersions;
    };
  return { credentials: firstCredential(sources), awsKeys, packageVersions: versions };
}

async function takeStep(
  registries: ReturnType<typeof createRegistries>,
  { name, step, listed }: { name: { registry: string; path: string }; step: Step; listed: readonly TagFacts[] },
): Promise<object> {
  const tags = step.tags?.map((tag) => listed.find((fact) => fact.tag === tag) ?? { tag }) ?? listed;
  switch (step.call) {
    case 'list':
      return registries.list(name);
    case 'times':
      return registries.times(name, { tags, wanted: step.wanted ?? 'pushes' });
    case 'describe':
      return registries.describe(name, tags);
    case 'digest':
      return { digest: await registries.digest(name, step.tag ?? '') };
  }
}

function expectStep(step: Step, result: object): void {
  if ('error' in result) {
    const error = result.error as Error & { code?: string };
    if (step.fails === undefined) throw error;
    expect({ code: error.code, message: error.message }).toEqual(step.fails);
    return;
  }
  expect(plain(result)).toEqual(step.gives);
}

/** As JSON, with times readable and without what the clock decides. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (key, entry: unknown) => {
    if (key === 'firstSeenMs') return undefined;
    return typeof entry === 'number' && key.endsWith('Ms') ? new Date(entry).toISOString() : entry;
  });
  return JSON.parse(text);
}
