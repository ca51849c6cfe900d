/** One `.flux.yaml` carries out what is to become of its objects: in its patch file, or by its updaters. */
import { type Problem, toProblem } from '../base/errors.ts';
import { printable } from '../base/printable.ts';
import type { GeneratedDocument } from '../core/generation/generated-document.ts';
import type { GeneratedManifests } from '../core/generation/generated-manifests.ts';
import { planPatch } from '../core/generation/plan-patch.ts';
import { readGenerated } from '../core/generation/read-generated.ts';
import { obstacleTo } from '../core/generation/tree-path.ts';
import { idleProblem, leftBehindWarning, type Update, type UpdatePlan } from '../core/generation/updates.ts';
import type { FileChange } from '../core/manifests/source-file.ts';
import type { Deps } from './deps.ts';
import type { EnvironmentFiles } from './environment-manifests.ts';

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
  if (manifests.generation.config.kind === 'patchUpdated') return patch(wanted);
  const plan = updating.plan(manifests);
  if (plan.kind === 'refused') return failed(plan.problem);
  try {
    return await update(wanted, { updating, updates: plan.updates }, deps);
  } catch (error) {
    deps.signal.throwIfAborted();
    return failed(toProblem(error, { subject: manifests.generation.configPath }));
  }
}

function patch({ manifests, changes, read }: WantedObjects): Outcome {
  const plan = planPatch(manifests, changes);
  if (plan.kind === 'none') return { changes: [], problems: [], failure: undefined };
  if (plan.kind === 'refused') return failed(plan.problem);
  const { change } = plan;
  const obstacle = change.isNew === true ? obstacleTo(change.path, read.sources.tree.entries) : undefined;
  if (obstacle !== undefined) {
    return failed({
      severity: 'error',
      code: 'PATCH_REFUSED',
      message: `patch file cannot be made: ${printable(obstacle)} is in its way`,
      position: manifests.generation.config.position,
      subject: change.path,
      hint: 'Name another patchFile.',
    });
  }
  return { changes: [change], problems: [], failure: undefined };
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
