/** The whole way of an environment whose manifests are generated, as a command would go it. */
import type { Problem } from '../../src/base/errors.ts';
import { toProblem } from '../../src/base/errors.ts';
import type { Generators, TreeSource } from '../../src/command/adapters/generators.ts';
import { findGeneration } from '../../src/core/generation/find-generation.ts';
import { filesOf, type GeneratedManifests, readManifests } from '../../src/core/generation/generated-manifests.ts';
import { type Generation, planGeneration } from '../../src/core/generation/generation.ts';
import { refuseGeneration } from '../../src/core/generation/permission.ts';
import { planPatch } from '../../src/core/generation/plan-patch.ts';
import { readGenerated } from '../../src/core/generation/read-generated.ts';
import { leftBehindWarning, planUpdates, unfinishedUpdates } from '../../src/core/generation/updates.ts';
import { settledRow } from '../../src/core/images/automation.ts';
import { imageEdits } from '../../src/core/images/image-edits.ts';
import { locateImages } from '../../src/core/images/locate/locate-images.ts';
import { applyEdits } from '../../src/core/manifests/edit.ts';
import type { FileChange, SourceFile, TreeEntry } from '../../src/core/manifests/source-file.ts';
import type { ImageRow } from '../../src/core/report/report.ts';

export interface Case {
  readonly paths: readonly string[];
  readonly bumps?: readonly { readonly subject: string; readonly container: string; readonly to: string }[];
  readonly allowed?: boolean;
  readonly fromFork?: boolean;
}

export interface Outcome {
  readonly raw: readonly string[];
  /** The generated and patched objects, before the update. */
  readonly files: readonly SourceFile[];
  readonly changes: readonly FileChange[];
  readonly problems: readonly Problem[];
}

export async function carryOut(
  given: Case,
  tree: TreeSource & { readonly entries: readonly TreeEntry[] },
  generators: Generators,
): Promise<Outcome> {
  const { governed, raw } = findGeneration(tree.entries, given.paths);
  const configs = await tree.read(governed.map(({ configPath }) => configPath));
  const plan = planGeneration(governed, configs.files);
  const outcome = { raw: [...raw, ...plan.raw], files: [], changes: [], problems: plan.problems };
  if (plan.problems.some(({ severity }) => severity === 'error')) return outcome;
  const done: Outcome[] = [];
  for (const generation of plan.generations)
    done.push(await generateAndUpdate(given, generation, { tree, generators }));
  return {
    raw: outcome.raw,
    files: done.flatMap((one) => one.files),
    changes: done.flatMap((one) => one.changes),
    problems: [...plan.problems, ...done.flatMap((one) => one.problems)],
  };
}

interface With {
  readonly tree: TreeSource & { readonly entries: readonly TreeEntry[] };
  readonly generators: Generators;
}

async function generateAndUpdate(given: Case, generation: Generation, { tree, generators }: With): Promise<Outcome> {
  const nothing: Outcome = { raw: [], files: [], changes: [], problems: [] };
  const { allowed = true, fromFork = false } = given;
  const refusal = refuseGeneration({ generation, environment: 'dev', allowed, fromFork });
  if (refusal !== undefined) return { ...nothing, problems: [refusal] };
  const { configPath, directory, patchPath, config } = generation;
  const run = { tree, configPath, directory, generators: config.generators, kubeconfig: null };
  try {
    const outputs = await generators.generate(run);
    const hasPatch = tree.entries.some((entry) => entry.path === patchPath);
    const patchFile = hasPatch && patchPath !== undefined ? (await tree.read([patchPath])).files[0] : undefined;
    const read = readManifests({ generation, outputs, patchFile });
    if (!read.ok) return { ...nothing, problems: read.problems };
    const { manifests } = read;
    const bumped = bump(given, manifests);
    const seen = { ...nothing, files: filesOf(manifests) };
    if (bumped.changes.length === 0) return seen;
    if (config.kind === 'patchUpdated') {
      const patch = planPatch(manifests, bumped.changes);
      if (patch.kind === 'refused') return { ...seen, problems: [patch.problem] };
      return { ...seen, changes: patch.kind === 'change' ? [patch.change] : [] };
    }
    const plan = planUpdates(manifests, bumped.rows);
    if (plan.kind === 'refused') return { ...seen, problems: [plan.problem] };
    const updated = await generators.update({ ...run, updates: plan.updates });
    const after = readGenerated({ generation, outputs: updated.outputs });
    const problems = after.ok
      ? unfinishedUpdates(manifests, { rows: bumped.rows, after: after.documents })
      : after.problems;
    const changes = problems.length === 0 ? updated.changes : [];
    const warning = leftBehindWarning(manifests, updated.leftBehind);
    return { ...seen, changes, problems: [...problems, ...(warning === undefined ? [] : [warning])] };
  } catch (error) {
    return { ...nothing, problems: [toProblem(error)] };
  }
}

/** Edits the images as a selection of these tags would. */
function bump(given: Case, manifests: GeneratedManifests): { changes: FileChange[]; rows: Map<string, ImageRow[]> } {
  const changes: FileChange[] = [];
  const rows = new Map<string, ImageRow[]>();
  for (const { file, document } of manifests.documents) {
    const updates = locateImages(document).uses.flatMap((use) => {
      const asked = given.bumps?.find(
        ({ subject, container }) => subject === use.subject && container === use.container,
      );
      return asked === undefined ? [] : [{ use, to: asked.to }];
    });
    const edits = updates.flatMap(({ use, to }) => imageEdits(use, { tag: to, digest: undefined }));
    if (edits.length === 0) continue;
    const edited = applyEdits(file, edits);
    if (edited.kind === 'refused') throw new Error(edited.problem.message);
    changes.push({ path: file.path, bytes: edited.bytes });
    rows.set(
      file.path,
      updates.map(({ use, to }) => ({ ...settledRow(use, 'updated', ''), to })),
    );
  }
  return { changes, rows };
}
