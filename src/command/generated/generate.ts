/** Runs the commands that make an environment's manifests, and reads what they print. */
import { type Problem, toProblem } from '../../base/errors.ts';
import type { Secret } from '../../base/secret.ts';
import { type GeneratedManifests, readManifests } from '../../core/generation/generated-manifests.ts';
import type { Generation } from '../../core/generation/generation.ts';
import type { SourceFile } from '../../core/manifests/source-file.ts';
import type { Snapshot } from '../adapters/repository.ts';
import type { Deps } from '../deps.ts';

export interface GenerateInput {
  readonly generations: readonly Generation[];
  readonly tree: Snapshot;
  readonly kubeconfig: Secret | null;
  /** Tells outputs of the same `.flux.yaml` apart: the environment, and its cluster. */
  readonly variant: string;
}

export type Generated =
  | { readonly ok: true; readonly manifests: readonly GeneratedManifests[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type GenerateDeps = Pick<Deps, 'generators' | 'signal'>;

/** One after the other; the first that fails is the answer, since nobody can tell what the others lack without it. */
export async function generate(given: GenerateInput, deps: GenerateDeps): Promise<Generated> {
  const manifests: GeneratedManifests[] = [];
  for (const generation of given.generations) {
    try {
      const read = await generateOne(generation, given, deps);
      if (!read.ok) return read;
      manifests.push(read.manifests);
    } catch (error) {
      deps.signal.throwIfAborted();
      return { ok: false, problems: [toProblem(error, { subject: generation.configPath })] };
    }
  }
  return { ok: true, manifests };
}

async function generateOne(generation: Generation, given: GenerateInput, deps: GenerateDeps) {
  const { tree, kubeconfig, variant } = given;
  const { configPath, directory, config } = generation;
  const patch = await readPatch(generation, tree, deps.signal);
  if (!patch.ok) return patch;
  const run = { tree, configPath, directory, generators: config.generators, kubeconfig };
  const outputs = await deps.generators.generate(run, deps.signal);
  return readManifests({ generation, outputs, variant, patchFile: patch.file });
}

type Patch =
  | { readonly ok: true; readonly file: SourceFile | undefined }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** No patch file at all is one without patches; one that cannot be read is not. */
async function readPatch({ patchPath }: Generation, tree: Snapshot, signal: AbortSignal): Promise<Patch> {
  if (patchPath === undefined || !tree.entries.some(({ path }) => path === patchPath)) {
    return { ok: true, file: undefined };
  }
  const { files, problems } = await tree.read([patchPath], signal);
  const [file] = files;
  return file === undefined ? { ok: false, problems } : { ok: true, file };
}
