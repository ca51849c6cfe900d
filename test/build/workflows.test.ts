/** What must hold in every workflow; zizmor, which knows far more, runs in CI. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './project.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const DIRECTORY = path.join(ROOT, '.github', 'workflows');

const workflows = readdirSync(DIRECTORY).map((file) => {
  const text = readFileSync(path.join(DIRECTORY, file), 'utf8');
  return { file, text, workflow: parse(text) as Workflow };
});

const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ where: `${file}: ${name}`, job })),
);

describe('the workflows', () => {
  it('grant nothing for all of their jobs, and run one at a time', () => {
    for (const { file, workflow } of workflows) {
      expect(workflow.permissions, file).toEqual({});
      expect(workflow.concurrency, file).toBeDefined();
    }
  });

  it('give each job a time limit and permissions of its own', () => {
    for (const { where, job } of jobs) {
      expect(job['timeout-minutes'], where).toBeGreaterThan(0);
      expect(job.permissions, where).toBeDefined();
    }
  });

  it('pin every action by its commit, the same one everywhere, with its version beside it', () => {
    const pins = new Map<string, string>();
    for (const { file, text } of workflows) {
      for (const [line, uses = ''] of text.matchAll(/uses:\s*(.*)$/gm)) {
        const match = /^([\w-]+\/[\w-]+)(?:\/[\w/-]+)?@([0-9a-f]{40} # v\d+\.\d+\.\d+)$/.exec(uses);
        expect(match, `${file}: ${line}`).not.toBeNull();
        const [, action = '', pin = ''] = match ?? [];
        expect(pins.get(action) ?? pin, `${file}: ${action}`).toBe(pin);
        pins.set(action, pin);
      }
    }
    expect(pins.size).toBeGreaterThan(5);
  });

  it('leave no credentials behind in the checkout', () => {
    for (const { where, job } of jobs) {
      for (const step of job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
        expect(step.with?.['persist-credentials'], where).toBe(false);
      }
    }
  });

  it('put no expression into a script', () => {
    for (const { where, job } of jobs) {
      for (const { run } of job.steps) expect(run ?? '', where).not.toContain('${{');
    }
  });

  it('have one gate in CI that waits for all other jobs, whatever became of them', () => {
    const ci = workflows.find(({ file }) => file === 'ci.yml')?.workflow.jobs ?? {};
    const { 'ci-ok': gate, ...others } = ci;
    expect(gate?.needs).toEqual(Object.keys(others));
    expect(gate?.if).toMatch(/^\$\{\{ always\(\) \}\}$/);
  });

  it('call only scripts that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    for (const { where, job } of jobs) {
      for (const { run } of job.steps) {
        for (const [, script = ''] of (run ?? '').matchAll(/npm run ([\w:-]+)/g)) {
          expect(Object.keys(scripts), where).toContain(script);
        }
      }
    }
  });
});

describe('.ci/run', () => {
  it("runs the README's test command and nothing else", () => {
    const lines = readFileSync(path.join(ROOT, '.ci', 'run'), 'utf8')
      .trim()
      .split('\n');
    expect(lines.at(-1)).toBe('npm ci && npm test');
    expect(lines.filter((line) => /\bnp[mx]\b/.test(line))).toHaveLength(1);
    expect(readFileSync(path.join(ROOT, 'README.md'), 'utf8')).toMatch(/^ {4}npm ci && npm test\b/m);
  });
});
