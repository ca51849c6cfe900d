import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exec } from '../../src/base/exec.ts';
import { SUMMARY_BYTES } from '../../src/host/summary.ts';
import type { Call } from './actions-script.ts';

const SCRIPT = path.join(import.meta.dirname, 'actions-script.ts');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'towpath-actions-'));
  for (const name of ['output', 'summary', 'state']) writeFileSync(file(name), '');
});

afterEach(() => rmSync(directory, { recursive: true }));

function file(name: string): string {
  return path.join(directory, name);
}

/** What a step prints and leaves in the runner's files. */
async function step(calls: readonly Call[], environment: Record<string, string> = {}) {
  const result = await exec(process.execPath, [SCRIPT, JSON.stringify(calls)], {
    env: {
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_STATE: file('state'),
      ...environment,
    },
  });
  const stderr = result.stderr.split('\n').filter((line) => line !== '' && !line.includes('ExperimentalWarning'));
  return { stdout: result.stdout.toString('utf8').split('\n').slice(0, -1), stderr };
}

describe('the Actions runner', () => {
  it('shows groups, lines and details', async () => {
    const { stdout } = await step([
      ['group', 'sync production', 'Deployment/prod/api configured'],
      ['info', 'one\ntwo'],
      ['debug', 'detail'],
    ]);
    expect(stdout).toEqual([
      '::group::sync production',
      'Deployment/prod/api configured',
      '::endgroup::',
      'one',
      'two',
      '::debug::detail',
    ]);
  });

  it('annotates problems where they are, and has each as a line on stderr', async () => {
    const position = { file: 'apps/api,v1.yaml', line: 3, col: 9 };
    const { stdout, stderr } = await step([
      [
        'problem',
        JSON.stringify({ severity: 'error', code: 'X', message: 'no such tag: 100%', position, hint: 'Push it.' }),
      ],
      ['problem', JSON.stringify({ severity: 'warning', code: 'X', message: 'slow', subject: 'ghcr.io' })],
    ]);
    expect(stdout).toEqual([
      '::error file=apps/api%2Cv1.yaml,line=3,col=9::no such tag: 100%25%0Ahint: Push it.',
      '::warning::ghcr.io: slow',
    ]);
    expect(stderr).toEqual(['apps/api,v1.yaml:3:9: no such tag: 100%', '  hint: Push it.', 'ghcr.io: warning: slow']);
  });

  it('obeys nobody but us', async () => {
    const attack = '::add-mask::a\n##[error]b\r::error::c\n  ::set-output name=d::e';
    const { stdout, stderr } = await step([
      ['info', attack],
      ['data', attack],
      ['group', attack, attack],
      ['progress', attack],
      ['debug', attack],
      ['problem', JSON.stringify({ severity: 'error', code: 'X', message: attack, subject: attack, hint: attack })],
    ]);
    const obeyed = stdout.filter((line) => /^\s*::/.test(line) || line.includes('##['));
    expect(obeyed.map((line) => /^::[a-z-]+/.exec(line)?.[0])).toEqual(['::group', '::endgroup', '::debug', '::error']);
    expect(stderr.filter((line) => /^\s*::/.test(line) || line.includes('##['))).toEqual([]);
  });

  it('gets outputs and state in its files, of several lines too', async () => {
    await step([
      ['output', 'outcome', 'changed'],
      ['output', 'commit', 'a\nb'],
      ['save', 'directory', 'x/y'],
    ]);
    expect(readFileSync(file('output'), 'utf8')).toMatch(/^outcome<<(\S+)\nchanged\n\1\ncommit<<(\S+)\na\nb\n\2\n$/);
    expect(readFileSync(file('state'), 'utf8')).toMatch(/^directory<<(\S+)\nx\/y\n\1\n$/);
    expect((await step([['state', 'directory']], { STATE_directory: 'x/y' })).stdout).toEqual(['x/y']);
  });

  it('masks a secret in every form, and we do too', async () => {
    const secret = 'first-line-of-secret\nsecond-line-of-secret';
    const { stdout, stderr } = await step([
      ['mask', secret],
      ['info', 'see second-line-of-secret'],
      ['output', 'x', 'first-line-of-secret'],
      ['summary', 'first-line-of-secret'],
      ['problem', JSON.stringify({ severity: 'error', code: 'X', message: 'second-line-of-secret' })],
    ]);
    const masks = stdout.filter((line) => line.startsWith('::add-mask::')).map((line) => line.slice(12));
    expect(masks).toEqual([
      'first-line-of-secret%0Asecond-line-of-secret',
      Buffer.from(secret).toString('base64'),
      'first-line-of-secret',
      'second-line-of-secret',
    ]);
    const rest = stdout.slice(masks.length);
    expect(rest).toEqual(['see ***', '::error::***']);
    const files = readFileSync(file('output'), 'utf8') + readFileSync(file('summary'), 'utf8');
    expect(files + stderr.join()).not.toContain('line-of-secret');
  });

  it('is not asked to mask what is too short to be a secret', async () => {
    expect(
      (
        await step([
          ['mask', 'abc'],
          ['mask', ''],
        ])
      ).stdout,
    ).toEqual([]);
  });

  it('gets a summary that it takes, whatever its length', async () => {
    await step([
      ['summary', '# Title\n'],
      ['summary', '| a row of a long table |\n', '50000'],
      ['summary', 'never\n', '1000'],
    ]);
    const summary = readFileSync(file('summary'), 'utf8');
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES);
    expect(summary).toMatch(/^# Title\n\| a row/);
    expect(summary).toContain('The summary is cut here');
  });

  it('costs the summary where it cannot be written, and no more', async () => {
    const { stdout } = await step(
      [
        ['summary', '# Title'],
        ['info', 'after'],
      ],
      { GITHUB_STEP_SUMMARY: file('none') },
    );
    expect(stdout).toEqual([expect.stringMatching(/^::warning::the job summary could not be written/), 'after']);
  });

  it('hears of progress after ten silent seconds', async () => {
    const { stdout } = await step([
      ['progress', '1/3'],
      ['wait', '10000'],
      ['progress', '2/3'],
      ['progress', '3/3'],
    ]);
    expect(stdout).toEqual(['2/3']);
  });
});

describe('the event', () => {
  const environment = () => ({
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_REF: 'refs/pull/7/merge',
    GITHUB_REPOSITORY: 'acme/config',
    GITHUB_RUN_ID: '42',
    GITHUB_ACTOR: 'octocat',
  });

  it('is read from the environment and the file of the runner', async () => {
    const head = { ref: 'feature', repo: { full_name: 'eve/config' } };
    writeFileSync(file('event.json'), JSON.stringify({ pull_request: { head, base: { ref: 'main' } } }));
    const { stdout } = await step([['event']], environment());
    expect(JSON.parse(stdout[0] ?? '')).toEqual({
      kind: 'pull-request',
      name: 'pull_request',
      branch: 'feature',
      baseBranch: 'main',
      fromFork: true,
      deleted: false,
      runUrl: 'https://github.com/acme/config/actions/runs/42',
      repository: 'acme/config',
      repositoryUrl: 'https://github.com/acme/config',
      actor: 'octocat',
    });
  });

  it('is an error where its file is no JSON', async () => {
    writeFileSync(file('event.json'), '{ "secret": ');
    expect((await step([['event']], environment())).stdout).toEqual([
      'threw the event that started the workflow cannot be read',
    ]);
  });
});
