/** `towpath list`: the workloads and images of the working tree, and the tags that the registries have for them. */
import { type Problem, toProblem } from '../../base/errors.ts';
import { orderedTags } from '../../core/images/by-hand/ordered-tags.ts';
import { followedPolicy } from '../../core/images/by-hand/release-policy.ts';
import { compileRules, type FindRule } from '../../core/images/image-rule.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import { repositoryOf } from '../../core/images/reference.ts';
import type { Deps, Request, Result } from '../deps.ts';
import { imageFilesOf, type ReadDeps, readEnvironments } from '../environment-manifests.ts';
import { type Answer, type Ask, askRegistries, repositoryKey } from '../images/ask-registries.ts';
import { loadImagePolicies } from '../images/image-policies.ts';
import { pickWorkloads, type Workload, workloadsIn } from './find-workloads.ts';
import { imageTable, type ShownTags, type TagsOf } from './image-table.ts';
import { workloadTable } from './workload-table.ts';

type ListDeps = Pick<Deps, 'repository' | 'registries' | 'clock' | 'kustomize'> & ReadDeps;

interface Listed {
  readonly environment: string;
  readonly workloads: readonly Workload[];
}

/** Tables of what the first operand says: `workloads`, or `images` with the newest tags first. Changes nothing. */
export async function list(request: Request, deps: ListDeps): Promise<Result> {
  const [what, name, ...more] = request.operands;
  const limit = limitOf(request);
  if ((what !== 'workloads' && what !== 'images') || more.length > 0 || (what === 'workloads' && name !== undefined)) {
    return refused('USAGE_ARGUMENT', 'list does not say what', 'Write list workloads, or list images [WORKLOAD].');
  }
  if (limit === undefined)
    return refused('USAGE_FLAG_VALUE', '--limit needs a number', 'Write --limit 10, or 0 for all.');
  const snapshot = await deps.repository.workTree(deps.signal);
  const read = await readEnvironments({ ...request, snapshot }, deps);
  const sources = read.map((entry) => entry.sources);
  const { policiesFor, problems: ofPolicies } = await loadImagePolicies({ ...request, sources }, deps);
  const all = read.map((entry) => ({
    environment: entry.environment.name,
    workloads: workloadsIn(imageFilesOf([entry]), { ...request.images, policiesFor }),
  }));
  const chosen = name === undefined ? { listed: all, problems: [] } : choose(all, { name, request });
  if (chosen.problems.length > 0) return { environments: [], problems: chosen.problems };
  const findRule = compileRules(request.images.rules);
  const nowMs = deps.clock.now();
  const problems = [...read.flatMap((entry) => entry.problems), ...ofPolicies];
  if (what === 'workloads') {
    const lines = sections(chosen.listed, (entry) => workloadTable(entry.workloads, { findRule, nowMs }));
    return { environments: [], problems, lines };
  }
  const answered = await askAll(chosen.listed, { findRule, limit }, deps);
  const lines = sections(chosen.listed, (entry) => imageTable(entry.workloads, { tagsOf: answered.tags, nowMs }));
  return { environments: [], problems: [...problems, ...answered.problems], lines };
}

/** The workload that is named, in every environment that has it. */
function choose(all: readonly Listed[], { name, request }: { readonly name: string; readonly request: Request }) {
  const wanted = { names: [name], namespace: request.manual?.namespace };
  const listed = all
    .map(({ environment, workloads }) => ({ environment, workloads: pickWorkloads(workloads, wanted).workloads }))
    .filter(({ workloads }) => workloads.length > 0);
  if (listed.length > 0) return { listed, problems: [] };
  return {
    listed,
    problems: pickWorkloads(
      all.flatMap(({ workloads }) => workloads),
      wanted,
    ).problems,
  };
}

function limitOf({ manual }: Request): number | undefined {
  const text = manual?.limit ?? '10';
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function sections(listed: readonly Listed[], table: (entry: Listed) => readonly string[]): string[] {
  if (listed.length === 1) return listed.flatMap(table);
  return listed.flatMap((entry, index) => [...(index === 0 ? [] : ['']), `${entry.environment}:`, ...table(entry)]);
}

/** What the registries have for every image: the build times of those tags only that are shown. */
async function askAll(
  listed: readonly Listed[],
  { findRule, limit }: { readonly findRule: FindRule; readonly limit: number },
  deps: ListDeps,
): Promise<{ readonly tags: TagsOf; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const asks: Ask[] = [];
  for (const use of listed.flatMap(({ workloads }) => workloads.flatMap(({ uses }) => uses))) {
    const rule = findRule(use);
    const followed = followedPolicy(use, rule);
    if (followed.ok && use.refusal === undefined)
      asks.push({ use, policy: followed.policy, exclude: followed.exclude, rule });
  }
  const answers = await askRegistries(asks, deps.registries, deps.signal);
  for (const { problem } of answers.values()) if (problem !== undefined) problems.push(problem);
  const tags = new Map<ImageUse, ShownTags>();
  for (const ask of asks)
    tags.set(ask.use, await shownTags(ask, { answer: answers.get(repositoryKey(ask.use)), limit, problems }, deps));
  return { tags, problems };
}

async function shownTags(
  ask: Ask,
  given: { readonly answer: Answer | undefined; readonly limit: number; readonly problems: Problem[] },
  deps: ListDeps,
): Promise<ShownTags> {
  const { use, policy, exclude } = ask;
  const listing = given.answer?.listing;
  if (!listing) return { tags: use.tag === undefined ? [] : [{ tag: use.tag }], omitted: 0, apart: true };
  const all = orderedTags({ policy, use, listing, exclude, nowMs: deps.clock.now() });
  const first = given.limit === 0 ? all : all.slice(0, given.limit);
  const running = use.tag === undefined ? undefined : (all.find(({ tag }) => tag === use.tag) ?? { tag: use.tag });
  const apart = running !== undefined && !first.some(({ tag }) => tag === running.tag);
  const omitted = all.length - first.length - (apart && all.includes(running) ? 1 : 0);
  const wanted = apart ? [...first, running] : first;
  try {
    return { tags: await deps.registries.describe(repositoryOf(use.name), wanted, deps.signal), omitted, apart };
  } catch (error) {
    deps.signal.throwIfAborted();
    given.problems.push({ ...toProblem(error, { subject: use.subject }), severity: 'warning' });
    return { tags: wanted, omitted, apart };
  }
}

function refused(code: 'USAGE_ARGUMENT' | 'USAGE_FLAG_VALUE', message: string, hint: string): Result {
  return { environments: [], problems: [{ severity: 'error', code, message, hint }] };
}
