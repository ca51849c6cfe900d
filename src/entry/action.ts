/** The GitHub Action: inputs instead of flags, otherwise the command line. */
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../base/clock.ts';
import { toProblem } from '../base/errors.ts';
import { Redactor } from '../base/secret.ts';
import { readActionInputs } from '../config/inputs.ts';
import { renderHelp } from '../config/render-contract.ts';
import { createActionsHost, readRunEvent, saveState } from '../host/actions.ts';
import type { RunEvent } from '../host/event.ts';
import type { Host } from '../host/host.ts';
import { cancelledBySignals } from './cancellation.ts';
import { createScratch, SCRATCH_STATE } from './scratch.ts';
import { VERSION } from './version.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  const redactor = new Redactor();
  const host = createActionsHost({ redactor, clock: systemClock });
  const inputs = readActionInputs(process.env);
  if (!inputs.ok) {
    for (const problem of inputs.problems) host.problem(problem);
    host.output('outcome', 'failed');
    host.output('changed', 'false');
    return 2;
  }
  // The credentials inside of a kubeconfig and a Docker config are masked when they are read: masking those files line
  // by line would hide `apiVersion: v1` everywhere.
  const { githubToken, slackWebhookUrl } = inputs.secrets;
  for (const secret of [githubToken, slackWebhookUrl]) if (secret !== undefined) host.mask(secret);
  const { command, topic } = inputs.invocation;
  if (command === 'version' || command === 'help') {
    host.info(command === 'version' ? VERSION : renderHelp(topic).trimEnd());
    return 0;
  }
  const event = eventOf(host);
  if (event === null) return 1;
  const temporary = process.env['RUNNER_TEMP'] ?? tmpdir();
  const scratch = createScratch(temporary, (directory) => saveState(SCRATCH_STATE, directory));
  const { runProgram } = await import('./program.ts');
  try {
    return await runProgram(inputs.invocation, {
      env: process.env,
      directory: process.cwd(),
      home: homedir(),
      host,
      event,
      secrets: inputs.secrets,
      scratch: scratch.directory,
      signal: cancelledBySignals(process),
      redact: (text) => redactor.redact(text),
      reportFile: reportFileIn(process.env['RUNNER_TEMP']),
    });
  } finally {
    await scratch.remove();
  }
}

/** Where later steps find the report; the runner empties that directory after the job. */
function reportFileIn(runnerTemp: string | undefined): string | undefined {
  return runnerTemp === undefined ? undefined : path.join(runnerTemp, `towpath-report-${process.pid}.json`);
}

/** Null where the runner's event cannot be read: without it nobody knows what may be done. */
function eventOf(host: Host): RunEvent | null {
  try {
    return readRunEvent(process.env);
  } catch (error) {
    host.problem(toProblem(error));
    host.output('outcome', 'failed');
    host.output('changed', 'false');
    return null;
  }
}
