/** Runs the generators and updaters of `.flux.yaml` files in copies of the tree. */
import { join } from 'node:path';
import { printable } from '../base/printable.ts';
import type { GeneratorRun, Generators, UpdaterResult, UpdaterRun } from '../command/adapters/generators.ts';
import { commandVariables } from './command-variables.ts';
import { createScratchTree, type ScratchTree } from './scratch-tree.ts';
import { type CommandLimits, runShellCommand } from './shell-command.ts';
import { changedFiles, removeNewFiles } from './tree-changes.ts';

export interface GeneratorOptions {
  /** The environment of the run. Commands get little of it, and no credential. */
  readonly env: NodeJS.ProcessEnv;
  /** The run's own directory, removed with everything in it when the run ends. */
  readonly scratch: () => Promise<string>;
  /** Takes the run's secrets out of what a command wrote. */
  readonly redact: (text: string) => string;
  readonly limits?: Partial<GeneratorLimits> | undefined;
}

export interface GeneratorLimits extends CommandLimits {
  /** Of the tree that is copied. */
  readonly maxTreeBytes: number;
}

/** What Flux gave a sync. */
const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const MAX_TREE_BYTES = 1024 * 1024 * 1024;

const DEFAULT_LIMITS: GeneratorLimits = {
  timeoutMs: TIMEOUT_MS,
  maxOutputBytes: MAX_OUTPUT_BYTES,
  maxTreeBytes: MAX_TREE_BYTES,
};

export function createGenerators(options: GeneratorOptions): Generators {
  return {
    generate: (run, signal) =>
      inScratch(options, { run, signal }, (scratch) => generate(options, run, { scratch, signal })),
    update: (run, signal) =>
      inScratch(options, { run, signal }, (scratch) => update(options, run, { scratch, signal })),
  };
}

interface Surroundings {
  readonly scratch: ScratchTree;
  readonly signal: AbortSignal | undefined;
}

async function inScratch<T>(
  options: GeneratorOptions,
  { run, signal }: { readonly run: GeneratorRun; readonly signal: AbortSignal | undefined },
  work: (scratch: ScratchTree) => Promise<T>,
): Promise<T> {
  const { maxTreeBytes } = limitsOf(options);
  const parent = await options.scratch();
  const { tree, kubeconfig } = run;
  const scratch = await createScratchTree({ tree, kubeconfig, parent, maxTreeBytes, signal });
  try {
    return await work(scratch);
  } finally {
    await scratch.remove();
  }
}

/** One after the other in the same copy: a script may prepare what the next one reads. */
async function generate(
  options: GeneratorOptions,
  run: GeneratorRun,
  { scratch, signal }: Surroundings,
): Promise<readonly Uint8Array[]> {
  const env = generatorVariables(options.env, scratch);
  const outputs: Uint8Array[] = [];
  let printed = 0;
  for (const command of run.generators) {
    const given = { ...common(options, run, scratch), role: 'generator', command, env, printed, signal } as const;
    const output = await runShellCommand(given);
    printed += output.length;
    outputs.push(output);
  }
  return outputs;
}

async function update(
  options: GeneratorOptions,
  run: UpdaterRun,
  { scratch, signal }: Surroundings,
): Promise<UpdaterResult> {
  for (const { commands, env: asked } of run.updates) {
    // Exactly what Flux gave them.
    const env = { PATH: options.env['PATH'] ?? '', ...asked };
    for (const command of commands) {
      await runShellCommand({ ...common(options, run, scratch), role: 'updater', command, env, signal });
    }
  }
  const position = run.updates[0]?.commands[0]?.position;
  const changes = await changedFiles(scratch, { configPath: run.configPath, position });
  const leftBehind = await removeNewFiles(scratch, run.tree.entries);
  return { changes, leftBehind, outputs: await generate(options, run, { scratch, signal }) };
}

function common(options: GeneratorOptions, run: GeneratorRun, scratch: ScratchTree) {
  const { leftOut } = scratch;
  const more = leftOut.length > 3 ? ` and ${leftOut.length - 3} more` : '';
  const note =
    leftOut.length === 0
      ? undefined
      : ` (not copied, too large: ${leftOut
          .slice(0, 3)
          .map((text) => printable(text))
          .join(', ')}${more})`;
  const directory = join(scratch.root, run.directory);
  return { configPath: run.configPath, directory, redact: options.redact, limits: limitsOf(options), note };
}

function generatorVariables(env: NodeJS.ProcessEnv, scratch: ScratchTree): Record<string, string> {
  const { kubeconfig } = scratch;
  return { ...commandVariables(env, scratch), ...(kubeconfig === null ? {} : { KUBECONFIG: kubeconfig }) };
}

function limitsOf({ limits }: GeneratorOptions): GeneratorLimits {
  return { ...DEFAULT_LIMITS, ...limits };
}
