/** Who is told of what, and in which words: by a notifier and a receiver of Slack's webhooks as they are. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { Redactor, Secret } from '../../src/base/secret.ts';
import { parseInvocation } from '../../src/config/invocation.ts';
import type { EnvironmentReport, ImageRow, Report } from '../../src/core/report/report.ts';
import { buildReport, deliver } from '../../src/entry/report-out.ts';
import { NO_SECRETS, type Surroundings } from '../../src/entry/surroundings.ts';
import { TERMINAL_EVENT } from '../../src/host/event.ts';
import type { Host } from '../../src/host/host.ts';
import { createSlackNotifier } from '../../src/notify/slack.ts';
import { type SlackMessage, startSlackReceiver } from '../control-plane/slack.ts';

const SHA = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d';
const LOCKED = { sha: SHA, branch: 'main', message: 'Locked: prod:deployment/api\n\nRequested-by: Ann' };
const PLANNED = { ...LOCKED, sha: '' };
const RELEASED: ImageRow = {
  subject: 'Deployment/prod/api',
  container: 'api',
  image: 'ghcr.io/acme/api',
  from: '1.0.0',
  to: '1.1.0',
  action: 'updated',
  reason: 'the tag that was asked for',
};

function environment(parts: Partial<EnvironmentReport> = {}): EnvironmentReport {
  return { name: 'production', images: [], commits: [], clusters: [], ...parts };
}

function quietHost(): Host {
  const nothing = () => undefined;
  return {
    info: nothing,
    debug: nothing,
    data: nothing,
    problem: nothing,
    group: (_title, work) => work(),
    progress: nothing,
    output: nothing,
    summary: async () => undefined,
    mask: nothing,
  };
}

const SURROUNDINGS: Surroundings = {
  env: {},
  directory: '/home/ann/config',
  home: '/home/ann',
  host: quietHost(),
  event: TERMINAL_EVENT,
  secrets: NO_SECRETS,
  scratch: async () => {
    throw new Error('nothing is written');
  },
  signal: new AbortController().signal,
  redact: (text) => text,
  reportFile: undefined,
};

const EMPTY: Parameters<typeof buildReport>[0] = {
  command: 'run',
  durationMs: 1000,
  dryRun: false,
  environments: [],
  registries: {},
  github: { requests: 0 },
  problems: [],
};

type Parts = Partial<Parameters<typeof buildReport>[0]> & { readonly command: string };

/** The messages that a report leads to. */
async function told(
  parts: Parts,
  around = SURROUNDINGS,
): Promise<{ readonly messages: readonly SlackMessage[]; readonly report: Report }> {
  await using receiver = await startSlackReceiver();
  const report = buildReport({ ...EMPTY, ...parts });
  const parsed = parseInvocation(['run']);
  if (!parsed.ok) throw new Error('no invocation');
  const notifier = createSlackNotifier({
    webhookUrl: new Secret(receiver.url),
    channel: undefined,
    fetch: (url, init) => fetch(url, init),
    clock: systemClock,
  });
  const delivery = { report, result: undefined, invocation: parsed.invocation, around };
  await deliver({ ...delivery, notifiers: [notifier] });
  return { messages: [...receiver.messages], report };
}

const ERROR = { severity: 'error', code: 'X', message: 'said' } as const;

describe('people are told', () => {
  it.each<Parts & { name: string; times: number }>([
    {
      name: 'of a run that changed something',
      command: 'run',
      environments: [environment({ commits: [LOCKED] })],
      times: 1,
    },
    { name: 'of a run that failed', command: 'run', problems: [ERROR], times: 1 },
    { name: 'of a sync that failed', command: 'sync', problems: [ERROR], times: 1 },
    { name: 'of a run with nothing to do', command: 'run', times: 0 },
    { name: 'of a release', command: 'release', environments: [environment({ commits: [LOCKED] })], times: 1 },
    { name: 'of a lock', command: 'lock', environments: [environment({ commits: [LOCKED] })], times: 1 },
    { name: 'of an unlock', command: 'unlock', environments: [environment({ commits: [LOCKED] })], times: 1 },
    { name: 'of automation', command: 'automate', environments: [environment({ commits: [LOCKED] })], times: 1 },
    {
      name: 'of a release that failed in part',
      command: 'release',
      environments: [environment({ commits: [LOCKED] })],
      problems: [ERROR],
      times: 1,
    },
    {
      name: 'of a rehearsed release',
      command: 'release',
      dryRun: true,
      environments: [environment({ commits: [PLANNED], images: [RELEASED] })],
      times: 0,
    },
    { name: 'of a release that committed nothing', command: 'release', problems: [ERROR], times: 0 },
    { name: 'of a lock that was there already', command: 'lock', environments: [environment()], times: 0 },
    {
      name: 'of a scan that wrote files',
      command: 'scan',
      environments: [environment({ images: [RELEASED] })],
      times: 0,
    },
  ])('$name: $times', async ({ name: _name, times, ...parts }) => {
    expect((await told(parts)).messages).toHaveLength(times);
  });

  it('who asked, for what, and what was committed, in the environments that it changed', async () => {
    const { messages } = await told({
      command: 'release',
      requestedBy: 'Ann <ann@example.org>',
      environments: [
        environment({ commits: [LOCKED], images: [RELEASED] }),
        environment({ name: 'staging', images: [{ ...RELEASED, action: 'skipped', reason: 'locked' }] }),
      ],
    });
    const [message] = messages;
    expect(message?.text).toBe('config production: release by Ann: 1 image updated, 1 commit; 1 image skipped');
    const text = JSON.stringify(message?.attachments);
    expect(text).toContain('1.0.0 → 1.1.0: the tag that was asked for');
    expect(text).toContain('`1a2b3c4` on `main`: Locked: prod:deployment/api');
    expect(text).not.toContain('ann@example.org');
  });

  it.each([
    { requestedBy: undefined, headline: 'config production: lock: 1 commit' },
    { requestedBy: '<ann@example.org>', headline: 'config production: lock: 1 commit' },
    { requestedBy: '*Ann* <!channel>', headline: 'config production: lock by ∗Ann∗: 1 commit' },
    { requestedBy: '<!here>\n@all', headline: 'config production: lock by &lt;!here&gt; @\u2060all: 1 commit' },
    { requestedBy: 'A'.repeat(500), headline: `config production: lock by ${'A'.repeat(99)}…: 1 commit` },
  ])('of a lock by $requestedBy: $headline', async ({ requestedBy, headline }) => {
    const { messages } = await told({
      command: 'lock',
      requestedBy,
      environments: [environment({ commits: [LOCKED] })],
    });
    expect(messages[0]?.text).toBe(headline);
  });
});

describe('a secret of the run', () => {
  const redactor = new Redactor();
  for (const secret of ['hunter_*"22"', 'true']) redactor.add(secret);
  const redact = (text: string) => redactor.redact(text);
  const LEAK = { ...ERROR, message: 'the server said hunter_*"22" and true' };

  it('is not told to anybody', async () => {
    const { messages } = await told({ command: 'run', problems: [LEAK] }, { ...SURROUNDINGS, redact });
    expect(JSON.stringify(messages)).toContain('the server said ∗∗∗ and ∗∗∗');
    expect(JSON.stringify(messages)).not.toContain('hunter');
  });

  it('is not in the summary, where it would be written in another way', async () => {
    const summaries: string[] = [];
    const host = { ...quietHost(), summary: async (markdown: string) => void summaries.push(markdown) };
    await told({ command: 'run', problems: [LEAK] }, { ...SURROUNDINGS, host, redact });
    expect(summaries.join()).toContain('the server said');
    expect(summaries.join()).not.toContain('22');
  });

  it('that reads like a value does not break the report', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'towpath-report-'));
    const reportFile = path.join(directory, 'report.json');
    await told({ command: 'run', dryRun: true, problems: [LEAK] }, { ...SURROUNDINGS, redact, reportFile });
    const written = JSON.parse(await readFile(reportFile, 'utf8'));
    await rm(directory, { recursive: true });
    expect(written).toMatchObject({ dryRun: true, problems: [{ message: 'the server said *** and ***' }] });
  });
});

describe('what is printed', () => {
  const LEFT: ImageRow = { ...RELEASED, to: '', action: 'skipped', reason: 'locked: audit' };

  async function printed(command: string): Promise<readonly string[]> {
    const lines: string[] = [];
    const host = { ...quietHost(), info: (line: string) => void lines.push(line) };
    await told({ command, environments: [environment({ images: [LEFT] })] }, { ...SURROUNDINGS, host });
    return lines;
  }

  it('of a release that moves nothing says why: somebody asked for it', async () => {
    expect(await printed('release')).toEqual([
      'production',
      expect.stringMatching(/^ {2}Deployment\/prod\/api .* skipped: locked: audit$/),
      expect.stringMatching(/^nothing to do: /),
    ]);
  });

  it('of a run with nothing to do is one line', async () => {
    expect(await printed('run')).toEqual([expect.stringMatching(/^nothing to do: /)]);
  });
});

describe('the report of a command', () => {
  it('printed for programs holds nothing that a terminal would obey or hide, and says the same', async () => {
    const reason = 'x\u001b[2J\u009b2J\u202e\u2066\u2028\u007f\u{e0041}😀"\\ä';
    const report = buildReport({ ...EMPTY, environments: [environment({ images: [{ ...RELEASED, reason }] })] });
    const printed: string[] = [];
    const parsed = parseInvocation(['run', '--json', '-']);
    if (!parsed.ok) throw new Error('no invocation');
    const host = { ...quietHost(), data: (text: string) => void printed.push(text) };
    const delivery = { report, result: undefined, invocation: parsed.invocation, notifiers: [] };
    await deliver({ ...delivery, around: { ...SURROUNDINGS, host } });
    expect(printed.join('')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(printed.join('')).toContain('😀');
    expect(JSON.parse(printed.join(''))).toEqual(report);
  });

  it('says who asked, where somebody did', async () => {
    expect((await told({ command: 'lock', requestedBy: 'Ann' })).report.requestedBy).toBe('Ann');
    expect(JSON.stringify((await told({ command: 'run' })).report)).not.toContain('requestedBy');
  });
});
