/** Plans the bumps of all environments of one branch and pushes them as one commit. */
import type { Problem } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import type { Bump } from '../core/images/bump.ts';
import { renderCommitMessage } from '../core/images/commit-message.ts';
import { heldImages } from '../core/images/holds/hold-edits.ts';
import type { CommitRow, ImageRow } from '../core/report/report.ts';
import type { RunEvent } from '../host/event.ts';
import type { Identity } from './adapters/repository.ts';
import { type BranchHead, readBranchHead } from './branch-heads.ts';
import type { Deps } from './deps.ts';
import { type EnvironmentFiles, pathsOf, type ReadDeps } from './environment-manifests.ts';
import { type Appliable, appliableAfter } from './generated/appliable.ts';
import { type BumpPlan, bumpsInFiles, type FilePlan } from './generated/generated-bumps.ts';
import type { ImageSettings } from './images/find-images.ts';
import { planEnvironments } from './images/plan-environments.ts';
import { type CommitPlan, type PushedPlan, pushPlan, unpushedRow } from './push-plan.ts';

/** What became of one environment: its rows, its commit, and what is to be applied. */
export interface BumpedEnvironment {
  readonly environment: EnvironmentConfig;
  readonly images: readonly ImageRow[];
  readonly commits: readonly CommitRow[];
  readonly appliable: Appliable;
}

export interface BumpedBranch {
  readonly environments: readonly BumpedEnvironment[];
  readonly problems: readonly Problem[];
}

export interface BranchBump {
  readonly branch: string;
  readonly environments: readonly EnvironmentConfig[];
  readonly event: RunEvent;
  readonly images: ImageSettings;
  readonly author: Identity;
  /** The template of the commit message; undefined: Flux's form. */
  readonly message: string | undefined;
  readonly dryRun: boolean;
}

type BumpDeps = Pick<Deps, 'repository' | 'registries' | 'clock' | 'host' | 'kustomize'> & ReadDeps;

type BumpCommit = CommitPlan & FilePlan;

/**
 * Reads the branch's head, plans, and pushes one commit. A push that fails for good makes the rows `failed`; what is to
 * be applied is then the head, without the bumps.
 */
export async function bumpBranch(given: BranchBump, deps: BumpDeps): Promise<BumpedBranch> {
  const head = await readBranchHead(given, deps);
  const { author, dryRun } = given;
  const done = await pushPlan({ head, author, dryRun, plan: (current) => planBumps(current, given, deps) }, deps);
  return {
    environments: done.head.environments.map((entry) => settle(entry, done)),
    problems: [...done.head.environments.flatMap((entry) => entry.problems), ...done.problems],
  };
}

async function planBumps(head: BranchHead, given: BranchBump, deps: BumpDeps): Promise<BumpCommit> {
  const { snapshot, environments: read } = head;
  const images = await planEnvironments({ snapshot, read, event: given.event, images: given.images }, deps);
  const plan = await bumpsInFiles(images, read, deps);
  const bumps = [...plan.bumps.values()].flat();
  const changes = bumps.flatMap(({ change }) => change ?? []);
  const holds = heldImages(bumps);
  return { ...plan, message: renderCommitMessage({ changes, holds, branch: given.branch, template: given.message }) };
}

function settle(read: EnvironmentFiles, { plan, commit, failure }: PushedPlan<BumpCommit>): BumpedEnvironment {
  const rows = rowsOf(read, plan);
  return {
    environment: read.environment,
    images: failure === undefined ? rows : rows.map((row) => unpushedRow(row, failure)),
    commits: commit !== null && pathsOf(read).some((path) => plan.touched.has(path)) ? [commit] : [],
    appliable: appliableAfter(read, commit === null ? [] : plan.changes),
  };
}

/** The bumps in the environment's own files. */
export function bumpsOf(read: EnvironmentFiles, plan: Pick<BumpPlan, 'bumps'>): Bump[] {
  return pathsOf(read).flatMap((path) => plan.bumps.get(path) ?? []);
}

/** Their rows. */
export function rowsOf(read: EnvironmentFiles, plan: Pick<BumpPlan, 'bumps'>): ImageRow[] {
  return bumpsOf(read, plan).map((bump) => bump.row);
}
