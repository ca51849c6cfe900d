#!/usr/bin/env node
/** The command line. */
import { homedir, tmpdir } from 'node:os';
import { systemClock } from '../base/clock.ts';
import { Redactor } from '../base/secret.ts';
import { parseInvocation } from '../config/invocation.ts';
import { renderHelp } from '../config/render-contract.ts';
import { TERMINAL_EVENT } from '../host/event.ts';
import { createTerminalHost } from '../host/terminal.ts';
import { cancelledBySignals } from './cancellation.ts';
import { createScratch } from './scratch.ts';
import { NO_SECRETS } from './surroundings.ts';
import { VERSION } from './version.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseInvocation(argv);
  const flags = parsed.ok ? parsed.invocation.flags : undefined;
  const redactor = new Redactor();
  const host = createTerminalHost({
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    redactor,
    clock: systemClock,
    dataOnStdout: flags?.json === '-',
    debug: flags?.debug ?? false,
  });
  if (!parsed.ok) {
    for (const problem of parsed.problems) host.problem(problem);
    return 2;
  }
  const { command, topic } = parsed.invocation;
  if (command === 'version') return say(VERSION);
  if (command === 'help') return say(renderHelp(topic).trimEnd());
  const scratch = createScratch(tmpdir(), () => undefined);
  // What a command needs is loaded only now: `--version` and `help` answer at once.
  const { runProgram } = await import('./program.ts');
  try {
    return await runProgram(parsed.invocation, {
      env: process.env,
      directory: process.cwd(),
      home: homedir(),
      host,
      event: TERMINAL_EVENT,
      secrets: NO_SECRETS,
      scratch: scratch.directory,
      signal: cancelledBySignals(process),
      redact: (text) => redactor.redact(text),
      reportFile: undefined,
    });
  } finally {
    await scratch.remove();
  }
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
