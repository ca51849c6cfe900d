/** The Actions runner. The only file that knows @actions/core, and the event's Context. */
import * as core from '@actions/core';
// The package's front door loads a whole API client (529 KB, 45 ms); this file of it is all that is needed, and `exports` hides it.
import { Context } from '../../node_modules/@actions/github/lib/context.js';
import type { Clock } from '../base/clock.ts';
import { messageOf, type Problem, TowpathError } from '../base/errors.ts';
import type { Redactor, Secret } from '../base/secret.ts';
import { withoutCommands } from './commands.ts';
import { parseRunEvent, type RunEvent } from './event.ts';
import type { Host } from './host.ts';
import { createPace } from './pace.ts';
import { printableLine, printableLines } from './printable.ts';
import { problemLines } from './problem-lines.ts';
import { fitSummary } from './summary.ts';

export interface ActionsOptions {
  readonly redactor: Redactor;
  readonly clock: Clock;
}

/** The host inside of a workflow: log groups, annotations, outputs, summary, masks. */
export function createActionsHost({ redactor, clock }: ActionsOptions): Host {
  const pace = createPace(clock);
  const print = (text: string) => {
    pace.printed();
    for (const line of harmless(redactor.redact(text))) core.info(line);
  };
  let summaryBytes = 0;
  return {
    info: print,
    debug: (line) => core.debug(harmless(redactor.redact(line)).join('\n')),
    data: (text) =>
      core.info(
        text
          .split('\n')
          .map((line) => withoutCommands(redactor.redact(line)))
          .join('\n'),
      ),
    problem: (problem) => {
      pace.printed();
      // The runner reads commands from stderr as it does from stdout.
      for (const line of problemLines(problem)) process.stderr.write(`${withoutCommands(printable(line, redactor))}\n`);
      annotate(problem, redactor);
    },
    group: (title, work) => core.group(printable(title, redactor), work),
    progress: (text) => {
      if (pace.due()) print(text);
    },
    output: (name, value) => core.setOutput(name, redactor.redact(value)),
    summary: async (markdown) => {
      const fitted = fitSummary(redactor.redact(markdown), summaryBytes);
      summaryBytes += Buffer.byteLength(fitted);
      if (fitted !== '') await writeSummary(fitted);
    },
    mask: (secret) => maskEverywhere(secret, redactor),
  };
}

export type HostErrorCode = 'EVENT_UNREADABLE';

/** The event that started the workflow. Throws EVENT_UNREADABLE where the runner's event file is no JSON. */
export function readRunEvent(environment: Readonly<Record<string, string | undefined>>): RunEvent {
  const context = readContext();
  return parseRunEvent({
    name: context.eventName,
    payload: context.payload,
    ref: context.ref,
    actor: context.actor,
    serverUrl: context.serverUrl,
    runId: context.runId,
    runAttempt: context.runAttempt,
    repository: environment['GITHUB_REPOSITORY'],
  });
}

function readContext(): Context {
  try {
    return new Context();
  } catch (error) {
    throw new TowpathError<HostErrorCode>('EVENT_UNREADABLE', 'the event that started the workflow cannot be read', {
      cause: error,
      hint: 'Check that GITHUB_EVENT_PATH names the JSON file of the event.',
    });
  }
}

/** Hands `value` to the post step. Never a secret: the runner keeps it in a file. */
export function saveState(name: string, value: string): void {
  core.saveState(name, value);
}

/** What the main step handed over, or the empty string. */
export function readState(name: string): string {
  return core.getState(name);
}

/** Beside the code, where place and severity are shown already: the sentence with its hint. */
function annotate(problem: Problem, redactor: Redactor): void {
  const { position, severity } = problem;
  const lines = problemLines({ ...problem, severity: 'error', position: undefined });
  const sentence = lines.map((line) => printable(line.trim(), redactor)).join('\n');
  const properties =
    position === undefined
      ? {}
      : { file: printable(position.file, redactor), startLine: position.line, startColumn: position.col };
  if (severity === 'error') core.error(sentence, properties);
  else core.warning(sentence, properties);
}

function printable(line: string, redactor: Redactor): string {
  return printableLine(redactor.redact(line));
}

function maskEverywhere(secret: Secret | string, redactor: Redactor): void {
  redactor.add(secret);
  const value = (typeof secret === 'string' ? secret : secret.reveal()).trim();
  // Hiding very short values would hide ordinary text, as the redactor knows too.
  if (value.length < 4) return;
  core.setSecret(value);
  core.setSecret(Buffer.from(value).toString('base64'));
  // The runner masks a value of several lines as a whole only; printed in part, its lines would show.
  for (const line of value.split(/\r?\n/)) if (line.trim().length >= 8) core.setSecret(line.trim());
}

/** A summary that cannot be written costs the summary, never the run. */
async function writeSummary(markdown: string): Promise<void> {
  try {
    await core.summary.addRaw(markdown).write();
  } catch (error) {
    core.summary.emptyBuffer();
    core.warning(printableLine(`the job summary could not be written: ${messageOf(error)}`));
  }
}

function harmless(text: string): string[] {
  return printableLines(text).map(withoutCommands);
}
