/** Pushes what was planned on a branch's head as one commit, and plans anew where the branch has moved meanwhile. */
import type { Problem } from '../base/errors.ts';
import type { FileChange } from '../core/manifests/source-file.ts';
import type { CommitRow } from '../core/report/report.ts';
import type { Identity } from './adapters/repository.ts';
import { type BranchHead, readBranchHead } from './branch-heads.ts';
import type { Deps } from './deps.ts';

export interface CommitPlan {
  readonly changes: readonly FileChange[];
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
  readonly problems: readonly Problem[];
}

export interface PushPlanInput<P extends CommitPlan> {
  readonly head: BranchHead;
  /** Makes the plan for a head; called again for the new one where the branch has moved. */
  readonly plan: (head: BranchHead) => Promise<P>;
  readonly author: Identity;
  readonly dryRun: boolean;
}

type PushDeps = Pick<Deps, 'repository' | 'host' | 'signal'>;

/** Times a moved branch is read and planned again before the run gives up on it. */
const MAX_ATTEMPTS = 5;

/** Throws what the repository throws where the push fails for good; nothing is written then. */
export async function pushPlan<P extends CommitPlan>(given: PushPlanInput<P>, deps: PushDeps): Promise<PushedPlan<P>> {
  let { head } = given;
  for (let attempt = 1; ; attempt++) {
    const plan = await given.plan(head);
    const { branch, snapshot } = head;
    const { changes, evenEmpty = false, message, problems } = plan;
    if (changes.length === 0 && !evenEmpty) return { head, plan, commit: null, problems };
    if (given.dryRun) return { head, plan, commit: { sha: '', branch, message }, problems };
    const { author } = given;
    const result = await deps.repository.push({ snapshot, changes, evenEmpty, message, author }, deps.signal);
    if (result.kind === 'pushed') return { head, plan, commit: { sha: result.sha, branch, message }, problems };
    if (attempt === MAX_ATTEMPTS) return { head, plan, commit: null, problems: [...problems, keepsMoving(branch)] };
    deps.host.info(`${branch} moved meanwhile: reading it again`);
    const environments = head.environments.map(({ environment }) => environment);
    head = await readBranchHead({ branch, environments }, deps);
  }
}

function keepsMoving(branch: string): Problem {
  return {
    severity: 'error',
    code: 'BRANCH_KEEPS_MOVING',
    message: `${branch} moved ${MAX_ATTEMPTS} times while the change was made`,
    subject: branch,
    hint: 'Run the command again when nothing else writes to the branch.',
  };
}
