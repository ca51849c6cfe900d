import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { exec } from '../../src/base/exec.ts';
import type { Report } from '../../src/core/report/report.ts';
import {
  ACCOUNT,
  ACR,
  CLIENT,
  type Clouds,
  ECR,
  GAR,
  JOB_TOKEN,
  PROVIDER,
  REQUEST_TOKEN,
  ROLE,
  startClouds,
  TENANT,
} from './clouds.ts';
import { CLOUDS_VARIABLE } from './lead-to-clouds.ts';

const ACTION = path.join(import.meta.dirname, '../../src/entry/action.ts');
const PRELOAD = path.join(import.meta.dirname, 'lead-to-clouds.ts');

const CONFIG = `version: 1
environments: { development: { path: apps, clusters: [] } }
registries:
  ${ECR}: { aws: { role: "${ROLE}" } }
  ${GAR}: { google: { provider: ${PROVIDER}, service-account: ${ACCOUNT} } }
  ${ACR}: { azure: { client: ${CLIENT}, tenant: ${TENANT} } }
images: [{ image: "*", policy: "semver:*" }]
`;

const REGISTRIES = [ECR, GAR, ACR];
const MAY_ASK = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://runner.test/idtoken?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
};

let directory: string;
let clouds: Clouds;

beforeEach(async () => {
  clouds = await startClouds(systemClock);
  directory = await mkdtemp(path.join(tmpdir(), 'towpath-action-'));
  await mkdir(path.join(directory, 'checkout/apps'), { recursive: true });
  await mkdir(path.join(directory, 'runner'));
  await writeFile(path.join(directory, 'checkout/.towpath.yaml'), CONFIG);
  for (const [index, registry] of REGISTRIES.entries()) {
    await writeFile(path.join(directory, `checkout/apps/app-${index}.yaml`), manifest(`app-${index}`, registry));
  }
  await exec('git', ['init', '--quiet', path.join(directory, 'checkout')], { env: { PATH: process.env['PATH'] } });
});

afterEach(async () => {
  await clouds[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

function manifest(name: string, registry: string): string {
  const containers = `[{ name: app, image: "${registry}/team/api:0.9" }]`;
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: ${containers} } } }\n`;
}

/** The action's `scan` as the runner starts it: its report, and everything that it leaves for people and programs to read. */
async function runAction(env: NodeJS.ProcessEnv, event: object = {}) {
  const at = (name: string) => path.join(directory, 'runner', name);
  for (const name of ['output', 'summary', 'state']) await writeFile(at(name), '');
  await writeFile(at('event.json'), JSON.stringify(event));
  const ran = await exec(process.execPath, ['--import', PRELOAD, ACTION], {
    cwd: path.join(directory, 'checkout'),
    env: {
      PATH: process.env['PATH'],
      HOME: directory,
      TOWPATH_CACHE: path.join(directory, 'cache'),
      [CLOUDS_VARIABLE]: clouds.url,
      INPUT_COMMAND: 'scan',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request' in event ? 'pull_request' : 'schedule',
      GITHUB_EVENT_PATH: at('event.json'),
      GITHUB_OUTPUT: at('output'),
      GITHUB_REPOSITORY: 'acme/config',
      GITHUB_STATE: at('state'),
      GITHUB_STEP_SUMMARY: at('summary'),
      RUNNER_DEBUG: '1',
      RUNNER_TEMP: path.join(directory, 'runner'),
      ...env,
    },
  });
  // The runner takes these lines off, and what they name with them.
  const log = ran.stdout.toString('utf8').split('\n');
  const masks = new Set(log.filter((line) => line.startsWith('::add-mask::')).map((line) => line.slice(12)));
  const seen = [log.filter((line) => !line.startsWith('::add-mask::')).join('\n'), ran.stderr];
  const files = ['runner', 'cache/registry'];
  for (const below of files) {
    const names = await readdir(path.join(directory, below)).catch(() => []);
    for (const name of names) seen.push(await readFile(path.join(directory, below, name), 'utf8'));
  }
  const reportFile = (await readdir(path.join(directory, 'runner'))).find((name) => name.startsWith('towpath-report'));
  const report = JSON.parse(await readFile(at(reportFile ?? ''), 'utf8')) as Report;
  const rows = report.environments.flatMap(({ images }) => images);
  return {
    exitCode: ran.exitCode,
    report,
    actions: REGISTRIES.map((registry) => rows.find(({ image }) => image.startsWith(registry))?.action),
    unmasked: [...clouds.secrets].filter((secret) => !masks.has(secret)),
    leaks: [...clouds.secrets].filter((secret) =>
      seen.some((text) => text.includes(secret) || text.includes(btoa(secret))),
    ),
  };
}

describe('the action', () => {
  it("opens each cloud's registry by the job's identity, and shows nothing of what it was given", async () => {
    const { exitCode, actions, report, leaks, unmasked } = await runAction(MAY_ASK);
    expect(report.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([exitCode, actions]).toEqual([0, ['updated', 'updated', 'updated']]);
    expect(Object.keys(report.registries).sort()).toEqual([...REGISTRIES].sort());
    expect(clouds.secrets.size).toBeGreaterThan(10);
    // Nobody gave the job's own token in this test.
    expect([unmasked, leaks]).toEqual([[JOB_TOKEN], []]);
  });

  it('leaves alone the images of a registry whose cloud refuses, and updates the others', async () => {
    clouds.refuse('sts.googleapis.com');
    const { exitCode, actions, report, leaks } = await runAction(MAY_ASK);
    expect([exitCode, actions]).toEqual([1, ['updated', 'failed', 'updated']]);
    expect(report.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'REGISTRY_LOGIN_FAILED',
        message: expect.stringContaining('the Google Security Token Service answered 403'),
      },
    ]);
    expect(leaks).toEqual([]);
  });

  it('says what a job lacks that may not ask for its identity', async () => {
    const { exitCode, actions, report } = await runAction({});
    expect([exitCode, actions]).toEqual([1, ['failed', 'failed', 'failed']]);
    expect(new Set(report.problems.map(({ hint }) => hint))).toEqual(
      new Set(["Add 'id-token: write' to the permissions of the job."]),
    );
  });

  it("asks for no identity for a fork's code", async () => {
    const repo = { full_name: 'somebody/config' };
    const event = { pull_request: { head: { ref: 'x', repo }, base: { ref: 'main' } } };
    const { actions } = await runAction(MAY_ASK, event);
    expect(actions).toEqual(['failed', 'failed', 'failed']);
    expect(clouds.authorized).toEqual([]);
    expect(clouds.asked.filter((line) => !REGISTRIES.some((registry) => line.includes(` ${registry}/`)))).toEqual([]);
  });
});
