/** Plans a release on one branch: which tags, and which bytes of which files. Reads registries, writes nothing. */
import type { Bump } from '../../core/images/bump.ts';
import { renderReleaseMessage } from '../../core/images/by-hand/release-message.ts';
import { triageRelease } from '../../core/images/by-hand/release-triage.ts';
import { trailersOfHolds } from '../../core/images/holds/hold-edits.ts';
import { holdOf } from '../../core/images/holds/hold-text.ts';
import { compileRules } from '../../core/images/image-rule.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import type { FileChange, SourceFile } from '../../core/manifests/source-file.ts';
import type { ImageRow } from '../../core/report/report.ts';
import type { BranchHead } from '../branch-heads.ts';
import type { Deps, Request } from '../deps.ts';
import { bumpsInFiles } from '../generated/generated-bumps.ts';
import { type Answer, type Ask, askRegistries, registryProblems, repositoryKey } from '../images/ask-registries.ts';
import { type ChooseDeps, chooseTag } from '../images/choose-tag.ts';
import { editImages } from '../images/edit-images.ts';
import type { CommitPlan } from '../push-plan.ts';
import type { Workload } from './find-workloads.ts';
import { withReleaseHold } from './release-hold.ts';
import type { ReleaseRequest } from './release-request.ts';
import { releaseTag } from './release-tag.ts';

export interface ReleasePlan extends CommitPlan {
  /** By file, in the order of its images. */
  readonly rows: ReadonlyMap<string, readonly ImageRow[]>;
}

export interface PlanReleaseInput {
  readonly head: BranchHead;
  readonly workloads: readonly Workload[];
  /** All that the branch has: what is locked among them stays, however it is written. */
  readonly present: readonly Workload[];
  /** For the commit; undefined: all. */
  readonly ids: readonly string[] | undefined;
  readonly excluded: ReadonlySet<Workload>;
  readonly release: ReleaseRequest;
  readonly request: Request;
}

interface Entry {
  readonly file: SourceFile;
  /** Settled, or to be asked for; `tag` where a person named one. */
  readonly next: Bump | { readonly ask: Ask; readonly tag: string | undefined };
}

/** One image's registry that does not answer fails its own images only. */
export async function planRelease(
  input: PlanReleaseInput,
  deps: ChooseDeps & Pick<Deps, 'generators'>,
): Promise<ReleasePlan> {
  const entries = input.workloads.flatMap((workload) => entriesOf(workload, { ...input, nowMs: deps.clock.now() }));
  const asks = entries.flatMap(({ next }) => ('ask' in next ? [questionOf(next)] : []));
  const answers = await askRegistries(asks, deps.registries, deps.signal);
  const problems = registryProblems(answers);
  const changes: FileChange[] = [];
  const edited = new Map<string, readonly Bump[]>();
  for (const [path, members] of Map.groupBy(entries, ({ file }) => file.path)) {
    const bumps = await Promise.all(
      members.map(({ next }) => settle(next, { answers, requestedBy: input.request.requestedBy }, deps)),
    );
    const file = editImages((members[0] as Entry).file, { bumps, others: usesIn(path, input.present) });
    if (file.change !== undefined) changes.push(file.change);
    problems.push(...file.problems);
    edited.set(path, file.bumps);
  }
  const plan = await bumpsInFiles({ bumps: edited, changes, problems }, input.head.environments, deps);
  const rows = new Map([...plan.bumps].map(([path, bumps]) => [path, bumps.map((bump) => bump.row)]));
  return { ...plan, rows, message: messageOf([...plan.bumps.values()].flat(), input) };
}

function messageOf(bumps: readonly Bump[], { head, ids, release, request }: PlanReleaseInput): string {
  const { manual, requestedBy } = request;
  return renderReleaseMessage({
    what: release.what,
    ids,
    changes: bumps.flatMap((bump) => bump.change ?? []),
    trailers: trailersOfHolds(bumps),
    branch: head.branch,
    message: manual?.message,
    requestedBy,
  });
}

function usesIn(path: string, workloads: readonly Workload[]): ImageUse[] {
  return workloads.flatMap(({ file, uses }) => (file.path === path ? uses : []));
}

/** The repository of an image as `registry/path`. */
export function releasedKey(use: ImageUse): string | undefined {
  return use.refusal === undefined ? repositoryKey(use) : undefined;
}

function entriesOf(
  workload: Workload,
  { excluded, ids, nowMs, release, request }: PlanReleaseInput & { readonly nowMs: number },
): Entry[] {
  const findRule = compileRules(request.images.rules);
  const { order } = release;
  return workload.uses.flatMap((use): Entry[] => {
    const found = findRule(use);
    const triage = triageRelease(use, {
      order,
      rule: found,
      excluded: excluded.has(workload),
      overLock: order.force && ids !== undefined,
      hold: ids === undefined ? holdOf(use, nowMs) : undefined,
    });
    if (triage.kind === 'other') return [];
    const { file } = workload;
    if (triage.kind === 'settled') {
      return [{ file, next: { use, row: triage.row, edits: [], change: undefined, warnings: [] } }];
    }
    // Windows are for automation: a person chooses the hour.
    const rule = found === undefined ? undefined : { ...found, windows: [] };
    return [{ file, next: { ask: { use, policy: triage.policy, exclude: triage.exclude, rule }, tag: triage.tag } }];
  });
}

/** A tag that is named needs the listing only, no build times. */
function questionOf({ ask, tag }: { readonly ask: Ask; readonly tag: string | undefined }): Ask {
  return tag === undefined ? ask : { ...ask, policy: { kind: 'digest', tag } };
}

async function settle(
  next: Entry['next'],
  { answers, requestedBy }: { readonly answers: ReadonlyMap<string, Answer>; readonly requestedBy: string | undefined },
  deps: ChooseDeps,
): Promise<Bump> {
  if (!('ask' in next)) return next;
  const { ask, tag } = next;
  const answer = answers.get(repositoryKey(ask.use));
  const bump = await (tag === undefined ? chooseTag(ask, answer, deps) : releaseTag(ask, { tag, answer }, deps));
  return withReleaseHold({ bump, rule: ask.rule, answer, requestedBy }, deps);
}
