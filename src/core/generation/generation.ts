/** A `.flux.yaml` that is to be carried out for an environment. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { SourceFile } from '../manifests/source-file.ts';
import { FLUX_CONFIG, type GovernedPath } from './find-generation.ts';
import { type FluxConfig, parseFluxConfig } from './flux-config.ts';
import { directoryOf, resolvePath } from './tree-path.ts';

export interface Generation {
  readonly configPath: string;
  /**
   * Where the commands run and what `patchFile` is relative to: the directory of the `.flux.yaml`. Flux took the
   * environment's path instead, which is the same wherever the file lies in the environment's own directory.
   */
  readonly directory: string;
  /** The environment's paths that it governs. */
  readonly paths: readonly string[];
  readonly config: Exclude<FluxConfig, { readonly kind: 'scanForFiles' }>;
  /** Relative to the root of the repository; undefined for what is not updated by patches. */
  readonly patchPath: string | undefined;
}

export interface GenerationPlan {
  /** Each `.flux.yaml` once, in the order of the paths. */
  readonly generations: readonly Generation[];
  /** Paths whose `.flux.yaml` says that they hold files. */
  readonly raw: readonly string[];
  /** An error among them means that nothing of the environment can be read. */
  readonly problems: readonly Problem[];
}

/** What the `.flux.yaml` files in `files` make of the governed paths. A file that could not be read is its reader's problem. */
export function planGeneration(governed: readonly GovernedPath[], files: readonly SourceFile[]): GenerationPlan {
  const generations: Generation[] = [];
  const raw: string[] = [];
  const problems: Problem[] = [];
  for (const [configPath, group] of Map.groupBy(governed, (entry) => entry.configPath)) {
    const file = files.find((candidate) => candidate.path === configPath);
    if (file === undefined) continue;
    const paths = group.map((entry) => entry.path);
    const parsed = parseFluxConfig(file);
    if (!parsed.ok) {
      problems.push(...parsed.problems);
    } else if (parsed.config.kind === 'scanForFiles') {
      for (const path of paths) raw.push(path);
    } else {
      const directory = directoryOf(configPath);
      const { config } = parsed;
      const patchPath = config.kind === 'patchUpdated' ? resolvePath(directory, config.patchFile.value) : undefined;
      problems.push(
        ...patchPathProblems(config, patchPath),
        ...aboveWarnings({ configPath, directory, config, paths }),
      );
      generations.push({ configPath, directory, paths, config, patchPath });
    }
  }
  return { generations, raw, problems };
}

function patchPathProblems(config: Generation['config'], patchPath: string | undefined): Problem[] {
  if (config.kind !== 'patchUpdated') return [];
  if (patchPath !== undefined && canBePatchFile(patchPath) && !config.patchFile.value.endsWith('/')) return [];
  return [
    {
      severity: 'error',
      code: 'GENERATION_CONFIG',
      message: `.flux.yaml has a patchFile that cannot hold patches: ${printable(config.patchFile.value)}`,
      position: config.patchFile.position,
      hint: 'Write a path inside the repository, relative to the directory of the .flux.yaml, of a file for patches only.',
    },
  ];
}

/** No tree has anything in `.git`: the whole commit would be refused for it. */
function canBePatchFile(path: string): boolean {
  const names = path.split('/');
  return path !== '' && names.at(-1) !== FLUX_CONFIG && !names.some((name) => name.toLowerCase() === '.git');
}

/** Flux ran the commands of a shared file once in each path: whoever relied on that gets something else now. */
function aboveWarnings(generation: Omit<Generation, 'patchPath'>): Problem[] {
  const { configPath, directory, config } = generation;
  return generation.paths.flatMap((path): Problem[] => {
    const resolved = resolvePath('', path);
    if (resolved === directory || resolved === configPath) return [];
    return [
      {
        severity: 'warning',
        code: 'GENERATION_DIRECTORY',
        message: `commands run in the directory of their .flux.yaml, not in ${printable(path)} as in Flux`,
        position: config.position,
        subject: printable(path),
        hint: `Move the file into ${printable(path)}, or copy it there.`,
      },
    ];
  });
}
