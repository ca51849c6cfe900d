/** Pushes what was planned on a branch's head as one commit, and plans anew where the branch has moved meanwhile. */
import { type Problem, toProblem } from '../base/errors.ts';
import type { FileChange } from '../core/manifests/source-file.ts';
import type { CommitRow, ImageRow } from '../core/report/report.ts';
import type { Identity, PushResult, Snapshot } from './adapters/repository.ts';
import { type BranchHead, readBranchHead } from './branch-heads.ts';
import type { Deps } from './deps.ts';
import type { ReadDeps } from './environment-manifests.ts';

export interface CommitPlan {
  readonly changes: readonly FileChange[];
  /** The files and the generated objects that change, by path. */
  readonly touched: ReadonlySet<string>;
  /** A commit is made for its message alone, if no file changes. */
  readonly evenEmpty?: boolean;
  readonly message: string;
  readonly problems: readonly Problem[];
}

export interface PushedPlan<P extends CommitPlan> {
  readonly head: BranchHead;
  readonly plan: P;
  /** Null where nothing changes or nothing could be pushed; without a `sha` in a dry run. */
  readonly commit: CommitRow | null;
  /** Why it could not be pushed; one of the problems. */
  readonly failure?: Problem;
  readonly problems: readonly Problem[];
}

export interface PushPlanInput<P extends CommitPlan> {
  readonly head: BranchHead;
  /** Makes the plan for a head; called again for the new one where the branch has moved. */
  readonly plan: (head: BranchHead) => Promise<P>;
  readonly author: Identity;
  readonly dryRun: boolean;
}

type PushDeps = Pick<Deps, 'repository' | 'host'> & ReadDeps;

/** Times a moved branch is read and planned again before the run gives up on it. */
const MAX_ATTEMPTS = 5;

/** A push that fails for good is a problem, and nothing is written then. Throws what reading and planning throw. */
export async function pushPlan<P extends CommitPlan>(given: PushPlanInput<P>, deps: PushDeps): Promise<PushedPlan<P>> {
  let { head } = given;
  for (let attempt = 1; ; attempt++) {
    const plan = await given.plan(head);
    const { branch } = head;
    const { message, problems } = plan;
    const unpushed = (failure: Problem): PushedPlan<P> => ({
      head,
      plan,
      commit: null,
      failure,
      problems: [...problems, failure],
    });
    if (plan.changes.length === 0 && plan.evenEmpty !== true) return { head, plan, commit: null, problems };
    if (given.dryRun) return { head, plan, commit: { sha: '', branch, message }, problems };
    const result = await push({ plan, snapshot: head.snapshot, author: given.author }, deps);
    if (result.kind === 'failed') return unpushed(result.problem);
    if (result.kind === 'pushed') return { head, plan, commit: { sha: result.sha, branch, message }, problems };
    if (attempt === MAX_ATTEMPTS) return unpushed(keepsMoving(branch));
    deps.host.info(`${branch} moved meanwhile: reading it again`);
    const environments = head.environments.map(({ environment }) => environment);
    head = await readBranchHead({ branch, environments, event: head.event }, deps);
  }
}

async function push(
  given: { readonly plan: CommitPlan; readonly snapshot: Snapshot; readonly author: Identity },
  deps: PushDeps,
): Promise<PushResult | { readonly kind: 'failed'; readonly problem: Problem }> {
  const { plan, snapshot, author } = given;
  const { changes, evenEmpty = false, message } = plan;
  try {
    return await deps.repository.push({ snapshot, changes, evenEmpty, message, author }, deps.signal);
  } catch (error) {
    deps.signal.throwIfAborted();
    return { kind: 'failed', problem: toProblem(error, { subject: snapshot.branch ?? '' }) };
  }
}

/** The row of a bump that was planned and not pushed: it did not happen. */
export function unpushedRow(row: ImageRow, failure: Problem | undefined): ImageRow {
  const reason = failure === undefined ? 'not pushed' : `not pushed: ${failure.message}`;
  return row.action === 'updated' ? { ...row, to: row.from, action: 'failed', reason } : row;
}

function keepsMoving(branch: string): Problem {
  return {
    severity: 'error',
    code: 'BRANCH_KEEPS_MOVING',
    message: `${branch} moved ${MAX_ATTEMPTS} times while the change was made`,
    subject: branch,
    hint: 'Let the runs of one branch wait for each other with a `concurrency` group in the workflow.',
  };
}
