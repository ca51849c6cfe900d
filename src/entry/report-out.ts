/** The report, everywhere it goes: log, job summary, outputs, JSON, notifiers. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, type Problem, toProblem } from '../base/errors.ts';
import type { Notifier } from '../command/adapters/notifier.ts';
import type { Result } from '../command/deps.ts';
import type { Invocation } from '../config/invocation.ts';
import { renderLines } from '../core/report/lines.ts';
import { renderMarkdown } from '../core/report/markdown.ts';
import { summarizeInOneLine } from '../core/report/one-line.ts';
import { exitCodeOf, hasChanges, outcomeOf, worthTelling } from '../core/report/outcome.ts';
import type { Report } from '../core/report/report.ts';
import type { Surroundings } from './surroundings.ts';
import { withoutSecrets } from './without-secrets.ts';

/** The parts of a report that a run gathers; the outcome follows from them. */
export function buildReport(parts: Omit<Report, 'outcome'>): Report {
  const { command, requestedBy, ...rest } = parts;
  return { command, requestedBy, outcome: outcomeOf(parts), ...rest };
}

export interface Delivery {
  readonly report: Report;
  /** What the command gave; undefined where it was not reached. */
  readonly result: Result | undefined;
  readonly invocation: Invocation;
  readonly around: Surroundings;
  readonly notifiers: readonly Notifier[];
}

/** Prints, writes, tells, and gives the exit code. A notifier that fails is a warning; a report that cannot be written, a failure. */
export async function deliver(delivery: Delivery): Promise<number> {
  const { report, result, invocation, around } = delivery;
  const { host } = around;
  for (const problem of report.problems) host.problem(problem);
  for (const line of linesOf(report, result)) host.info(line);
  // Before it is rendered: what is escaped, cut or folded would no longer be known for a secret.
  const shown = withoutSecrets(report, around.redact);
  const written = await writeReport(shown, invocation, around);
  await host.summary(renderMarkdown(shown, { repositoryUrl: around.event.repositoryUrl }));
  setOutputs(report, around, written);
  await tell({ ...delivery, report: shown });
  if (written.problem === undefined) return exitCodeOf({ report, check: invocation.flags.check });
  host.problem(written.problem);
  return 1;
}

function linesOf(report: Report, result: Result | undefined): readonly string[] {
  if (result?.lines !== undefined) return result.lines;
  if (result?.note !== undefined && report.outcome === 'unchanged') return [`nothing to do: ${result.note}`];
  return report.outcome === 'unchanged' && !isAsked(report) ? [summarizeInOneLine(report)] : renderLines(report);
}

/** A release that moves nothing has disappointed somebody, who wants to know why. */
function isAsked({ command }: Report): boolean {
  return command === 'release';
}

interface Written {
  readonly file: string | undefined;
  readonly problem: Problem | undefined;
}

async function writeReport(report: Report, invocation: Invocation, around: Surroundings): Promise<Written> {
  const text = jsonOf(report);
  const wanted = invocation.flags.json;
  if (wanted === '-') around.host.data(text);
  const named = wanted === '-' ? undefined : wanted;
  const file = named === undefined ? around.reportFile : path.resolve(around.directory, named);
  if (file === undefined) return { file, problem: undefined };
  try {
    await writeFile(file, `${text}\n`);
    return { file, problem: undefined };
  } catch (error) {
    const message = `the report cannot be written: ${messageOf(error)}`;
    return { file: undefined, problem: { severity: 'error', code: 'REPORT_NOT_WRITTEN', message, subject: named } };
  }
}

/** What a terminal would obey, or nobody would see, stands as its code: to a program that is the same. */
function jsonOf(report: Report): string {
  const codeOf = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(report, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) =>
    char.split('').map(codeOf).join(''),
  );
}

function setOutputs(report: Report, { host }: Surroundings, written: Written): void {
  const commits = report.environments.flatMap((environment) => environment.commits);
  host.output('outcome', report.outcome);
  host.output('changed', String(hasChanges(report)));
  host.output('commit', commits.at(-1)?.sha ?? '');
  host.output('report', written.file ?? '');
}

async function tell({ report, around, notifiers }: Delivery): Promise<void> {
  if (!worthTelling(report)) return;
  const { event } = around;
  const announcement = {
    report,
    repository: event.repository ?? path.basename(around.directory),
    runUrl: event.runUrl,
    repositoryUrl: event.repositoryUrl,
  };
  for (const notifier of notifiers) {
    try {
      await notifier.send(announcement, around.signal);
      around.host.debug(`told ${notifier.name}`);
    } catch (error) {
      around.host.problem({ ...toProblem(error, { subject: notifier.name }), severity: 'warning' });
    }
  }
}
