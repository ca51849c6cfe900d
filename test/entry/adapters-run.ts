/** The adapters of a run over loopback clouds, and everything that the run says. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import type { Problem } from '../../src/base/errors.ts';
import { Secret } from '../../src/base/secret.ts';
import { parseInvocation } from '../../src/config/invocation.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Adapters, createAdapters } from '../../src/entry/adapters.ts';
import { NO_SECRETS, type Surroundings } from '../../src/entry/surroundings.ts';
import { type RunEvent, TERMINAL_EVENT } from '../../src/host/event.ts';
import type { Host } from '../../src/host/host.ts';
import { type Clouds, startClouds } from './clouds.ts';

export interface RunOptions {
  readonly config?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly event?: Partial<RunEvent> | undefined;
  readonly githubToken?: string | undefined;
  readonly dockerConfig?: object | undefined;
}

export interface AdaptersRun {
  readonly adapters: Adapters;
  readonly registries: Adapters['registries'];
  readonly warnings: readonly Problem[];
  /** What the runner was told to hide. */
  readonly masked: ReadonlySet<string>;
  /** The tags of a repository, or what went wrong. */
  list(registry: string, name?: string): Promise<readonly string[] | object>;
  /** The secrets in anything that people or later runs can see. */
  leaks(): Promise<readonly string[]>;
}

export interface Stage extends AsyncDisposable {
  readonly clouds: Clouds;
  readonly clock: { nowMs: number };
  run(options: RunOptions): Promise<AdaptersRun>;
}

const NO_LOGINS = 'version: 1\nenvironments: { development: { path: apps } }\n';

export async function startStage(): Promise<Stage> {
  const directory = await mkdtemp(path.join(tmpdir(), 'towpath-logins-'));
  const clock = {
    nowMs: Date.parse('2026-01-01T00:00:00Z'),
    now: () => clock.nowMs,
    sleep: (ms: number) => (ms > 1_000 ? new Promise<void>(() => undefined) : Promise.resolve()),
  };
  const clouds = await startClouds(clock);
  return {
    clouds,
    clock,
    async run({ config = NO_LOGINS, env, event = {}, githubToken, dockerConfig }) {
      if (dockerConfig !== undefined)
        await writeFile(path.join(directory, 'config.json'), JSON.stringify(dockerConfig));
      const said: string[] = [];
      const masked = new Set<string>();
      const say = (...words: unknown[]) => void said.push(...words.map((word) => inspect(word, { depth: 20 })));
      const mask = (secret: Secret | string) => void masked.add(typeof secret === 'string' ? secret : secret.reveal());
      const spoken = { info: say, debug: say, data: say, problem: say, output: say, progress: say };
      const around: Surroundings = {
        env: { ...env, DOCKER_CONFIG: directory },
        directory,
        home: directory,
        host: { ...spoken, mask } as unknown as Host,
        event: { ...TERMINAL_EVENT, ...event },
        secrets: { ...NO_SECRETS, githubToken: githubToken === undefined ? undefined : new Secret(githubToken) },
        scratch: async () => directory,
        signal: new AbortController().signal,
        redact: (text) => text,
        reportFile: undefined,
      };
      const loaded = loadConfig(config, { file: '.towpath.yaml', variables: {} });
      const parsed = parseInvocation(['scan', '--cache', path.join(directory, 'cache')]);
      if (!loaded.ok || !parsed.ok) throw new Error(inspect([loaded, parsed], { depth: 9 }));
      const warnings: Problem[] = [];
      const adapters = await createAdapters({
        invocation: parsed.invocation,
        around,
        config: loaded.config,
        onWarning: (problem) => warnings.push(problem),
        fetch: clouds.fetch,
        clock,
      });
      const { registries } = adapters;
      return {
        adapters,
        registries,
        warnings,
        masked,
        async list(registry, name = 'team/api') {
          try {
            const listing = await registries.list({ registry, path: name });
            say(listing);
            return listing.tags.map(({ tag }) => tag);
          } catch (error) {
            say(error);
            const { code, message, hint } = error as Error & { code: string; hint?: string };
            return { code, message, hint };
          }
        },
        async leaks() {
          say(warnings, registries.requests());
          await registries.save();
          const cache = path.join(directory, 'cache', 'registry');
          for (const file of await readdir(cache)) said.push(await readFile(path.join(cache, file), 'utf8'));
          const text = said.join('\n');
          return [...clouds.secrets].filter((secret) => text.includes(secret) || text.includes(btoa(secret)));
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await clouds[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}
