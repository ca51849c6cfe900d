/** Plans the bumps of all environments of one branch and pushes them as one commit. */
import { type Problem, toProblem } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import type { Bump } from '../core/images/bump.ts';
import { renderCommitMessage } from '../core/images/commit-message.ts';
import type { ImageChange } from '../core/images/image-change.ts';
import type { FileChange, SourceFile } from '../core/manifests/source-file.ts';
import type { CommitRow, ImageRow } from '../core/report/report.ts';
import type { Identity, Snapshot } from './adapters/repository.ts';
import type { Deps } from './deps.ts';
import { type EnvironmentFiles, imageFilesOf, pathsOf, readEnvironment, withChanges } from './environment-manifests.ts';
import type { ImageSettings } from './find-images.ts';
import { type ImagePlan, planImages } from './plan-images.ts';

/** What became of one environment: its rows, its commit, and the files as they are to be applied. */
export interface BumpedEnvironment {
  readonly environment: EnvironmentConfig;
  readonly images: readonly ImageRow[];
  readonly commits: readonly CommitRow[];
  readonly files: readonly SourceFile[];
}

export interface BumpedBranch {
  readonly environments: readonly BumpedEnvironment[];
  readonly problems: readonly Problem[];
}

export interface BranchBump {
  readonly branch: string;
  readonly environments: readonly EnvironmentConfig[];
  readonly images: ImageSettings;
  readonly author: Identity;
  /** The template of the commit message; undefined: Flux's form. */
  readonly message: string | undefined;
  readonly dryRun: boolean;
}

/** Times a moved branch is read and planned again before the run gives up on it. */
const MAX_ATTEMPTS = 5;

type BumpDeps = Pick<Deps, 'repository' | 'registries' | 'clock' | 'host' | 'signal'>;

/**
 * Reads the branch's head, plans, and pushes one commit; a branch that moved meanwhile is read and planned again.
 * A push that fails for good makes the rows `failed`; the files are then those of the head, without the bumps.
 */
export async function bumpBranch(given: BranchBump, deps: BumpDeps): Promise<BumpedBranch> {
  for (let attempt = 1; ; attempt++) {
    const snapshot = await deps.repository.branchHead(given.branch, deps.signal);
    const read = await Promise.all(given.environments.map((entry) => readEnvironment(snapshot, entry, deps.signal)));
    const plan = await planImages({ files: imageFilesOf(read), ...given.images }, deps);
    if (plan.changes.length === 0) return settle({ given, read, plan, commit: null });
    const message = renderCommitMessage({ changes: movesOf(plan), branch: given.branch, template: given.message });
    if (given.dryRun) return settle({ given, read, plan, commit: { sha: '', branch: given.branch, message } });
    const pushed = await push({ given, snapshot, plan, message }, deps);
    if (pushed.kind === 'pushed') return settle({ given, read, plan, commit: pushed.commit });
    if (pushed.kind === 'failed') return settleUnpushed({ given, read, plan, problem: pushed.problem });
    if (attempt === MAX_ATTEMPTS) return settleUnpushed({ given, read, plan, problem: keepsMoving(given.branch) });
    deps.host.info(`${given.branch} moved while the bumps were planned: reading it again`);
  }
}

/** The plan for the environment's own files. */
export function bumpsOf(read: EnvironmentFiles, plan: ImagePlan): Bump[] {
  return pathsOf(read).flatMap((path) => plan.bumps.get(path) ?? []);
}

/** Its rows. */
export function rowsOf(read: EnvironmentFiles, plan: ImagePlan): ImageRow[] {
  return bumpsOf(read, plan).map((bump) => bump.row);
}

function movesOf(plan: ImagePlan): ImageChange[] {
  return [...plan.bumps.values()].flat().flatMap((bump) => (bump.change === undefined ? [] : [bump.change]));
}

type Pushed =
  | { readonly kind: 'pushed'; readonly commit: CommitRow }
  | { readonly kind: 'moved' }
  | { readonly kind: 'failed'; readonly problem: Problem };

async function push(
  given: { given: BranchBump; snapshot: Snapshot; plan: ImagePlan; message: string },
  deps: BumpDeps,
): Promise<Pushed> {
  const { branch, author } = given.given;
  const { snapshot, message } = given;
  try {
    const result = await deps.repository.push({ snapshot, changes: given.plan.changes, message, author }, deps.signal);
    if (result.kind === 'moved') return result;
    return { kind: 'pushed', commit: { sha: result.sha, branch, message } };
  } catch (error) {
    deps.signal.throwIfAborted();
    return { kind: 'failed', problem: toProblem(error, { subject: branch }) };
  }
}

interface Settled {
  readonly given: BranchBump;
  readonly read: readonly EnvironmentFiles[];
  readonly plan: ImagePlan;
}

function settle(settled: Settled & { readonly commit: CommitRow | null }): BumpedBranch {
  const { read, plan, commit } = settled;
  const environments = read.map((entry) => ({
    environment: entry.environment,
    images: rowsOf(entry, plan),
    commits: commit !== null && touches(entry, plan.changes) ? [commit] : [],
    files: withChanges(entry.files, plan.changes),
  }));
  return { environments, problems: problemsOf(settled) };
}

function settleUnpushed(settled: Settled & { readonly problem: Problem }): BumpedBranch {
  const { read, plan, problem } = settled;
  const reason = `not pushed: ${problem.message}`;
  const environments = read.map((entry) => ({
    environment: entry.environment,
    images: rowsOf(entry, plan).map((row) => unpushed(row, reason)),
    commits: [],
    files: entry.files,
  }));
  return { environments, problems: [...problemsOf(settled), problem] };
}

function unpushed(row: ImageRow, reason: string): ImageRow {
  return row.action === 'updated' ? { ...row, to: row.from, action: 'failed', reason } : row;
}

function touches(read: EnvironmentFiles, changes: readonly FileChange[]): boolean {
  const changed = new Set(changes.map((change) => change.path));
  return pathsOf(read).some((path) => changed.has(path));
}

function problemsOf(settled: Settled): Problem[] {
  return [...settled.read.flatMap((entry) => entry.problems), ...settled.plan.problems];
}

function keepsMoving(branch: string): Problem {
  return {
    severity: 'error',
    code: 'BRANCH_KEEPS_MOVING',
    message: `${branch} moved ${MAX_ATTEMPTS} times while the bumps were planned`,
    subject: branch,
    hint: 'Let the runs of one branch wait for each other with a `concurrency` group in the workflow.',
  };
}
