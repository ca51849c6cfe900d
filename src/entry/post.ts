/** The action's post step: removes what a run that was killed left behind. It never fails the job. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readState } from '../host/actions.ts';
import { SCRATCH_PREFIX, SCRATCH_STATE } from './scratch.ts';

await main();

async function main(): Promise<void> {
  const directory = readState(SCRATCH_STATE);
  // The state is ours, and yet nothing is removed that does not carry our name.
  if (!path.basename(directory).startsWith(SCRATCH_PREFIX)) return;
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    process.stdout.write(`::warning::${directory} could not be removed: ${(error as NodeJS.ErrnoException).code}\n`);
  }
}
