/** `towpath release`: images moved because a person says so, as a commit to the branch of their environment. */
import { mapConcurrent } from '../../base/concurrency.ts';
import { type Problem, toProblem } from '../../base/errors.ts';
import { suggestion } from '../../base/nearest.ts';
import type { EnvironmentReport } from '../../core/report/report.ts';
import { type BranchHead, readBranchHeads, refusalsOf } from '../branch-heads.ts';
import type { Deps, Request, Result } from '../deps.ts';
import { imageFilesOf, pathsOf, type ReadDeps } from '../environment-manifests.ts';
import { loadImagePolicies } from '../images/image-policies.ts';
import { type PushedPlan, pushPlan, unpushedRow } from '../push-plan.ts';
import { pickWorkloads, type Workload, workloadsIn } from './find-workloads.ts';
import { reportsOf, untrustedEvent } from './manual-report.ts';
import { planRelease, type ReleasePlan, releasedKey } from './plan-release.ts';
import { type ReleaseRequest, readRelease } from './release-request.ts';

type ReleaseDeps = Pick<Deps, 'repository' | 'registries' | 'clock' | 'host' | 'kustomize'> & ReadDeps;

interface Known extends Workload {
  readonly head: BranchHead;
}

/** Branches whose kustomizations are built at the same time: each has a copy of the tree. */
const BRANCHES_AT_ONCE = 2;

/**
 * Moves the images that the request is about, one commit for each branch. A name that means no workload, or several,
 * is a mistake of the usage: then nothing is written at all. The clusters follow with the next run.
 */
export async function release(request: Request, deps: ReleaseDeps): Promise<Result> {
  const refusal = untrustedEvent('release', request);
  if (refusal !== undefined) return { environments: [], problems: [refusal] };
  const read = readRelease(request);
  if (!read.ok) return { environments: [], problems: [read.problem] };
  const heads = await readBranchHeads(request, deps);
  const found = await mapConcurrent(heads, BRANCHES_AT_ONCE, (head) => workloadsOf(head, request, deps));
  const known = heads.flatMap((head, index) => (found[index] ?? []).map((workload) => ({ ...workload, head })));
  const chosen = choose(known, { release: read.release, namespace: request.manual?.namespace });
  const refusals = refusalsOf(heads);
  if (chosen.problems.length > 0) return { environments: [], problems: [...refusals, ...chosen.problems] };
  const done: PushedPlan<ReleasePlan>[] = [];
  const failures: Problem[] = [];
  for (const [head] of Map.groupBy(chosen.workloads, (workload) => workload.head)) {
    try {
      done.push(await releaseOnBranch({ head, chosen, release: read.release, request }, deps));
    } catch (error) {
      deps.signal.throwIfAborted();
      failures.push(toProblem(error, { subject: head.branch }));
    }
  }
  // Where every workload is meant, theirs are meant too.
  const unread = read.release.names === undefined ? refusals : [];
  const problems = [...unread, ...done.flatMap((entry) => entry.problems), ...failures];
  return { environments: withRows(reportsOf(request.environments, done), done), problems };
}

interface Chosen {
  readonly workloads: readonly Known[];
  readonly excluded: readonly Known[];
  readonly problems: readonly Problem[];
}

function choose(
  known: readonly Known[],
  given: { readonly release: ReleaseRequest; readonly namespace: string | undefined },
): Chosen {
  const { release, namespace } = given;
  const named = release.names === undefined ? undefined : pickWorkloads(known, { names: release.names, namespace });
  const excluded = pickWorkloads(known, { names: release.excluded, namespace });
  const workloads = named?.workloads ?? known;
  const problems = [...(named?.problems ?? []), ...excluded.problems];
  if (problems.length === 0) problems.push(...unusedImage(workloads, release));
  return { workloads, excluded: excluded.workloads, problems };
}

/** A release of an image that nobody runs would do nothing, silently. */
function unusedImage(workloads: readonly Known[], { order, what }: ReleaseRequest): Problem[] {
  if (order.image === 'all latest') return [];
  const { registry, path } = order.image.repository;
  const uses = workloads.flatMap((workload) => workload.uses);
  if (uses.some((use) => releasedKey(use) === `${registry}/${path}`)) return [];
  const names = [...new Set(uses.map((use) => use.name))];
  const message = `no workload of this release uses ${what}`;
  return [{ severity: 'error', code: 'USAGE_ARGUMENT', message, hint: suggestion(what, names) }];
}

/** What is wrong with image policies shows in the rows of the images that follow them. */
async function workloadsOf(head: BranchHead, { images, event }: Request, deps: ReleaseDeps): Promise<Workload[]> {
  const sources = head.environments.map((entry) => entry.sources);
  const { policiesFor } = await loadImagePolicies({ sources, event }, deps);
  return workloadsIn(imageFilesOf(head.environments), { ...images, policiesFor });
}

interface OnBranch {
  readonly head: BranchHead;
  readonly chosen: Chosen;
  readonly release: ReleaseRequest;
  readonly request: Request;
}

function releaseOnBranch(given: OnBranch, deps: ReleaseDeps): Promise<PushedPlan<ReleasePlan>> {
  const { head, chosen, release, request } = given;
  const plan = async (current: BranchHead) => {
    const present = await workloadsOf(current, request, deps);
    const among = (wanted: readonly Known[]) =>
      present.filter((workload) => wanted.some((entry) => entry.head === head && isSame(entry, workload)));
    const workloads = release.names === undefined ? present : among(chosen.workloads);
    const ids = release.names === undefined ? undefined : workloads.map(({ id }) => id);
    const excluded = new Set(among(chosen.excluded));
    return planRelease({ head: current, workloads, present, ids, excluded, release, request }, deps);
  };
  return pushPlan({ head, plan, author: request.author, dryRun: request.dryRun }, deps);
}

function isSame(a: Workload, b: Workload): boolean {
  return a.file.path === b.file.path && a.subject === b.subject;
}

/** What was planned and not pushed did not happen. */
function withRows(
  reports: readonly EnvironmentReport[],
  done: readonly PushedPlan<ReleasePlan>[],
): EnvironmentReport[] {
  return reports.map((report) => {
    const images = done.flatMap(({ head, plan, commit, failure }) => {
      const read = head.environments.find(({ environment }) => environment.name === report.name);
      const rows = (read === undefined ? [] : pathsOf(read)).flatMap((path) => plan.rows.get(path) ?? []);
      return commit !== null ? rows : rows.map((row) => unpushedRow(row, failure));
    });
    return { ...report, images };
  });
}
