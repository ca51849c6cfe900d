import { mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exec } from '../../src/base/exec.ts';
import type { Report } from '../../src/core/report/report.ts';
import { startFaultServer } from '../registry/fault-server.ts';
import { image } from '../registry/images.ts';
import { push, smallRegistry } from '../registry/small-registry.ts';

const CLI = path.join(import.meta.dirname, '../../src/entry/cli.ts');
/** Of the program as a whole, Node.js and its own code included; 64 MB are not enough for an ordinary run. */
const HEAP_MB = 256;
const HUGE = 100 * 1024 * 1024;

function workload(name: string, { policy = 'semver:^1', more = '' } = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  annotations:
    fluxcd.io/automated: "true"
    fluxcd.io/tag.app: ${policy}
${more}spec: {template: {spec: {containers: [{name: app, image: "registry.test/org/app:1.0.0"}]}}}
`;
}

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join('');

/** Files that are meant to cost more than they are worth. `says`: why one is left as it is; without it, it is updated. */
interface Hostile {
  readonly file: string;
  readonly text: string | Buffer;
  readonly says?: RegExp;
}

const hostiles: readonly Hostile[] = [
  {
    file: 'aliases.yaml',
    text: `${workload('aliases')}a0: &a0 [${'x, '.repeat(9)}x]\n${times(100, (i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]\n`)}`,
  },
  {
    file: 'merges.yaml',
    text: `m0: &m0 {k0: 1}\n${times(200, (i) => `m${i + 1}: &m${i + 1} {<<: [*m${i}, *m${i}], k${i + 1}: 1}\n`)}${workload('merges', { more: '    <<: *m200\n' })}`,
  },
  {
    file: 'chain.yaml',
    text: `m0: &m0 {k: 1}\n${times(20_000, (i) => `m${i + 1}: &m${i + 1} {<<: *m${i}}\n`)}${workload('chain', { more: '    <<: *m20000\n' })}`,
    says: /chain\.yaml:501:13: .*nested deeper than 500 levels by its aliases/,
  },
  {
    file: 'latin.yaml',
    text: Buffer.concat([Buffer.from(`${workload('latin')}# `), Buffer.of(0xe9, 0x0a)]),
    says: /latin\.yaml:9:1: file is not valid UTF-8 and was skipped/,
  },
  { file: 'zeros.yaml', text: Buffer.alloc(1_000_000), says: /zeros\.yaml:1:1: .*control character U\+0000/ },
  {
    file: 'brackets.yaml',
    text: `${workload('brackets')}x: ${'['.repeat(1_000_000)}`,
    says: /brackets\.yaml:9:503: .*nested deeper than 500 levels/,
  },
  {
    file: 'steps.yaml',
    text: `${workload('steps')}${times(2_000, (i) => `${' '.repeat(i)}k:\n`)}`,
    says: /steps\.yaml:508:501: .*nested deeper than 500 levels/,
  },
  {
    file: 'documents.yaml',
    text: `${times(50_000, (i) => `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${i}}\n`)}---\n${workload('documents')}`,
  },
  { file: 'markers.yaml', text: `${'---\n'.repeat(250_000)}${workload('markers')}` },
  {
    file: 'lines.yaml',
    text: `${workload('lines')}${'\n'.repeat(400_000)}`,
    says: /lines\.yaml:1:1: file has more than 300000 lines and was not read/,
  },
  { file: 'line.yaml', text: `${workload('line')}# ${'x'.repeat(4_500_000)}\n` },
  { file: 'escapes.yaml', text: `${workload('escapes')}x: "${'\\u0041'.repeat(700_000)}"\n` },
  { file: 'keys.yaml', text: `${workload('keys')}x: {${times(100_000, (i) => `k${i}: 1, `)}}\n` },
  {
    file: 'containers.yaml',
    text: workload('containers').replace(
      '{name: app,',
      `${times(5_000, () => '{name: app, image: "registry.test/org/app:1.1.0"}, ')}$&`,
    ),
  },
  { file: 'annotation.yaml', text: workload('annotation', { more: `    note: "${'x'.repeat(1_000_000)}"\n` }) },
  {
    file: 'annotations.yaml',
    text: workload('annotations', { more: times(20_000, (i) => `    fluxcd.io/tag.c${i}: glob:*\n`) }),
  },
  {
    file: 'policy.yaml',
    text: workload('policy', { policy: `semver:${'>=1 '.repeat(250_000)}` }),
    says: /policy\.yaml:7:24: .*the tag filter has 1000006 characters, at most 4096 are read/,
  },
  {
    file: 'repetitions.yaml',
    text: workload('repetitions', { policy: 'regexp:(((a{1000}){1000}){1000})' }),
    says: /repetitions\.yaml:7:24: .*the regular expression cannot be read/,
  },
  {
    file: 'program.yaml',
    text: workload('program', { policy: 'regexp:(?:ab?){700}' }),
    says: /program\.yaml:7:24: .*the regular expression is too large/,
  },
];

let directory: string;
let ran: { readonly exitCode: number; readonly stdout: string; readonly stderr: string };
let report: Report;

// One run over all of them, in a process whose memory is bounded: what does not fit ends it.
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'towpath-hostile-'));
  const content = smallRegistry();
  for (const tag of ['1.0.0', '1.1.0']) push(content, tag, image({ created: '2026-01-01T00:00:00Z', salt: tag }));
  await using server = await startFaultServer((request, response) => content.answer(request, response));
  const at = (name: string) => path.join(directory, name);
  await mkdir(at('config'));
  await writeFile(
    at('.towpath.yaml'),
    `version: 1
environments: {development: {path: config}}
registries: {registry.test: {endpoint: "${server.url}"}}
`,
  );
  for (const name of ['a-first', 'z-last']) await writeFile(at(`config/${name}.yaml`), workload(name));
  for (const { file, text } of hostiles) await writeFile(at(`config/${file}`), text);
  await using huge = await open(at('config/huge.yaml'), 'w');
  await huge.truncate(HUGE);
  const args = [`--max-old-space-size=${HEAP_MB}`, CLI, 'scan', '--write', '--json', at('report.json')];
  const env = { PATH: process.env['PATH'] ?? '', HOME: directory, TOWPATH_CACHE: at('cache') };
  const done = await exec(process.execPath, args, { cwd: directory, env, timeoutMs: 240_000 });
  ran = { ...done, stdout: done.stdout.toString('utf8') };
  const text = await readFile(at('report.json'), 'utf8').catch(() => {
    throw new Error(`the run ended without a report: ${ran.stderr.slice(0, 2_000)}`);
  });
  report = JSON.parse(text) as Report;
}, 300_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

async function bytesOf(file: string): Promise<Buffer> {
  return readFile(path.join(directory, 'config', file));
}

describe('a file that is made to be too much', () => {
  it.each(hostiles)('is read, or left as it is and said so: $file', async ({ file, text, says }) => {
    const before = Buffer.from(text);
    const after = await bytesOf(file);
    if (says === undefined) {
      expect(after.equals(Buffer.from(before.toString('utf8').replace('app:1.0.0', 'app:1.1.0')))).toBe(true);
      return;
    }
    expect(after.equals(before)).toBe(true);
    expect(ran.stderr).toMatch(says);
  });

  it('is not even opened where it has a hundred megabytes', async () => {
    expect(ran.stderr).toContain(`config/huge.yaml: cannot be read: ${HUGE} bytes are more than the 5242880 allowed`);
    expect((await stat(path.join(directory, 'config/huge.yaml'))).size).toBe(HUGE);
  });
});

describe('beside such files', () => {
  it.each(['a-first', 'z-last'])('%s is updated', async (name) => {
    expect((await bytesOf(`${name}.yaml`)).toString('utf8')).toBe(workload(name).replace('1.0.0', '1.1.0'));
  });

  it('the run ends as failed, with one problem for each of them, in short lines and without a stack', () => {
    expect(ran.exitCode).toBe(1);
    expect(report.outcome).toBe('failed');
    const refused = hostiles.filter(({ says }) => says !== undefined);
    expect(report.problems.filter(({ severity }) => severity === 'error')).toHaveLength(refused.length + 1);
    for (const line of `${ran.stdout}\n${ran.stderr}`.split('\n')) {
      expect(line).toMatch(/^[^\p{Cc}]{0,500}$/u);
      expect(line).not.toMatch(/^\s+at /);
    }
  });
});
