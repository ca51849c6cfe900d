/** `towpath explain`: why each image's tag stays or moves. It asks the registries and changes nothing. */
import type { Bump } from '../core/images/bump.ts';
import { explainPolicy, explainSelection } from '../core/images/explain.ts';
import { idOf } from '../core/images/holds/hold-trailers.ts';
import { imageSentence } from '../core/report/sentences.ts';
import { sourceLinkOf } from '../core/report/source-link.ts';
import { bumpsOf } from './bump-branch.ts';
import type { Deps, Request, Result } from './deps.ts';
import { type ReadDeps, readEnvironments } from './environment-manifests.ts';
import { planEnvironments } from './images/plan-environments.ts';

/** The images of the working tree whose workload, container or name contains the request's first operand, or all of them. */
export async function explain(
  request: Request,
  deps: Pick<Deps, 'repository' | 'registries' | 'clock' | 'kustomize'> & ReadDeps,
): Promise<Result> {
  const [wanted = ''] = request.operands;
  const snapshot = await deps.repository.workTree(deps.signal);
  const read = await readEnvironments({ ...request, snapshot }, deps);
  const plan = await planEnvironments({ ...request, snapshot, read }, deps);
  const explained = read.map((entry) => ({
    name: entry.environment.name,
    bumps: bumpsOf(entry, plan).filter((bump) => mentions(bump, wanted)),
  }));
  return {
    environments: explained.map(({ name, bumps }) => ({
      name,
      images: bumps.map(({ row }) => row),
      commits: [],
      clusters: [],
    })),
    problems: [...read.flatMap((entry) => entry.problems), ...plan.problems],
    lines: linesOf(explained, wanted),
  };
}

function mentions({ row }: Bump, wanted: string): boolean {
  return [row.subject, row.container, row.image].some((text) => text.includes(wanted));
}

function linesOf(
  explained: readonly { readonly name: string; readonly bumps: readonly Bump[] }[],
  wanted: string,
): string[] {
  const lines = explained.flatMap(({ name, bumps }) =>
    bumps.length === 0 ? [] : [name, ...bumps.flatMap(explainBump).map((line) => `  ${line}`)],
  );
  if (lines.length > 0) return lines;
  return [wanted === '' ? 'no image says anything about automation' : `no automated image mentions ${wanted}`];
}

function explainBump(bump: Bump): string[] {
  const { row, use, choice } = bump;
  const place = `written at ${use.position.file}:${use.position.line}`;
  const followed = row.policy === undefined ? place : `${place}, ${explainPolicy(row.policy)}`;
  if (choice === undefined) return [imageSentence(row), ...[followed, ...explainHold(bump)].map((line) => `  ${line}`)];
  const [answer = '', ...reasons] = explainSelection(choice.selection);
  const link = sourceLinkOf(row);
  const news = link === undefined ? [] : [`what is new: ${link.url}`];
  return [
    `${row.subject} ${row.container}: ${row.image} ${row.from}`,
    ...[followed, answer, ...news, ...reasons].map((line) => `  ${line}`),
  ];
}

/** Where a hold comes from, and how it ends. */
function explainHold({ row, use, hold }: Bump): string[] {
  const written = use.policies.holds.get(use.container);
  const isByHistory = hold !== undefined && hold.text !== null;
  if (!isByHistory && (written === undefined || !row.reason.startsWith('on hold'))) return [];
  const source =
    isByHistory || written === undefined
      ? 'the history of the file says so'
      : `the annotation at ${written.position.file}:${written.position.line} says so`;
  const command = `towpath unhold ${idOf(use)} --container ${use.container}`;
  return [`${source}; to take it off hold: ${command}`];
}
