/** One `.flux.yaml` carries out what is to become of its objects: in its patch file, or by its updaters. */
import { type Problem, toProblem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { GeneratedDocument } from '../../core/generation/generated-document.ts';
import type { GeneratedManifests } from '../../core/generation/generated-manifests.ts';
import { planPatch } from '../../core/generation/plan-patch.ts';
import { readGenerated } from '../../core/generation/read-generated.ts';
import { obstacleTo } from '../../core/generation/tree-path.ts';
import { idleProblem, leftBehindWarning, type Update, type UpdatePlan } from '../../core/generation/updates.ts';
import type { FileChange } from '../../core/manifests/source-file.ts';
import type { Deps } from '../deps.ts';
import type { EnvironmentFiles } from '../environment-manifests.ts';
import { withTreeChanges } from './changed-tree.ts';
import { generate } from './generate.ts';

/** How updaters are told what to do, and what tells whether they did it. */
export interface Updating {
  plan(manifests: GeneratedManifests): UpdatePlan;
  unfinished(manifests: GeneratedManifests, after: readonly GeneratedDocument[]): readonly Problem[];
}

/** What is to become of the objects of one `.flux.yaml` in one environment. */
export interface WantedObjects {
  readonly read: EnvironmentFiles;
  readonly manifests: GeneratedManifests;
  /** New bytes for its objects. */
  readonly changes: readonly FileChange[];
}

export interface Outcome {
  /** Of files; none where it failed. */
  readonly changes: readonly FileChange[];
  readonly problems: readonly Problem[];
  /** Why nothing of it happens; one of the problems. */
  readonly failure: Problem | undefined;
}

type UpdateDeps = Pick<Deps, 'generators' | 'signal'>;

export async function carryOut(wanted: WantedObjects, updating: Updating, deps: UpdateDeps): Promise<Outcome> {
  const { manifests } = wanted;
  if (manifests.generation.config.kind === 'patchUpdated') return patch(wanted, updating, deps);
  const plan = updating.plan(manifests);
  if (plan.kind === 'refused') return failed(plan.problem);
  try {
    return await update(wanted, { updating, updates: plan.updates }, deps);
  } catch (error) {
    deps.signal.throwIfAborted();
    return failed(toProblem(error, { subject: manifests.generation.configPath }));
  }
}

async function patch(wanted: WantedObjects, updating: Updating, deps: UpdateDeps): Promise<Outcome> {
  const { manifests, changes, read } = wanted;
  const plan = planPatch(manifests, changes);
  if (plan.kind === 'none') return { changes: [], problems: [], failure: undefined };
  if (plan.kind === 'refused') return failed(plan.problem);
  const { change } = plan;
  const obstacle = change.isNew === true ? obstacleTo(change.path, read.sources.tree.entries) : undefined;
  if (obstacle !== undefined) {
    return failed(
      patchRefused(wanted, `cannot be made: ${printable(obstacle)} is in its way`, 'Name another patchFile.'),
    );
  }
  const problems = await tryPatch(wanted, { change, updating }, deps);
  const [first] = problems;
  return first === undefined
    ? { changes: [change], problems, failure: undefined }
    : { changes: [], problems, failure: first };
}

/** Commands that read the patch file themselves may stumble over it: better before it is committed than ever after. */
async function tryPatch(
  wanted: WantedObjects,
  { change, updating }: { readonly change: FileChange; readonly updating: Updating },
  deps: UpdateDeps,
): Promise<readonly Problem[]> {
  const { manifests, read } = wanted;
  const { sources, kubeconfig, environment } = read;
  const tree = withTreeChanges(sources.tree, [change]);
  const again = { generations: [manifests.generation], tree, kubeconfig, variant: environment.name };
  const generated = await generate(again, deps);
  if (!generated.ok) return generated.problems;
  const after = generated.manifests.flatMap(({ documents }) => documents);
  const hint = 'Let the commands make the same objects with the patch file as without it.';
  return updating
    .unfinished(manifests, after)
    .map(({ message }) => patchRefused(wanted, `does not make the update: ${message}`, hint));
}

function patchRefused({ manifests }: WantedObjects, clause: string, hint: string): Problem {
  const { config, patchPath } = manifests.generation;
  const message = `patch file ${clause}`;
  return { severity: 'error', code: 'PATCH_REFUSED', message, position: config.position, subject: patchPath, hint };
}

async function update(
  { read, manifests }: WantedObjects,
  { updating, updates }: { readonly updating: Updating; readonly updates: readonly Update[] },
  deps: UpdateDeps,
): Promise<Outcome> {
  const { generation } = manifests;
  const { configPath, directory, config } = generation;
  const { tree } = read.sources;
  const run = { tree, configPath, directory, generators: config.generators, kubeconfig: read.kubeconfig, updates };
  const updated = await deps.generators.update(run, deps.signal);
  const warning = leftBehindWarning(manifests, updated.leftBehind);
  const warnings = warning === undefined ? [] : [warning];
  if (updated.changes.length === 0) return failed(idleProblem(manifests), warnings);
  const after = readGenerated({ generation, outputs: updated.outputs, variant: read.environment.name });
  const errors = after.ok ? updating.unfinished(manifests, after.documents) : after.problems;
  const [first] = errors;
  if (first !== undefined) return { changes: [], problems: [...errors, ...warnings], failure: first };
  return { changes: updated.changes, problems: warnings, failure: undefined };
}

function failed(problem: Problem, warnings: readonly Problem[] = []): Outcome {
  return { changes: [], problems: [problem, ...warnings], failure: problem };
}
