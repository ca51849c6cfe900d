/** One run from invocation to exit code: reads the configuration, wires the adapters, runs the command, reports. */
import path from 'node:path';
import { systemClock } from '../base/clock.ts';
import { type Problem, toProblem } from '../base/errors.ts';
import { list } from '../command/by-hand/list.ts';
import { changePolicies } from '../command/by-hand/policies-change.ts';
import { release } from '../command/by-hand/release.ts';
import { checkRequest } from '../command/check-request.ts';
import type { Deps, Request, Result } from '../command/deps.ts';
import { explain } from '../command/explain.ts';
import { run } from '../command/run.ts';
import { scan } from '../command/scan.ts';
import { sync } from '../command/sync.ts';
import type { Config } from '../config/config.ts';
import type { Invocation } from '../config/invocation.ts';
import { isPolicyCommand } from '../config/manual-commands.ts';
import { type OpenedRepository, openRepository } from '../repository/open-repository.ts';
import { type Adapters, createAdapters } from './adapters.ts';
import { chooseEnvironments } from './choose-environments.ts';
import { readConfig } from './read-config.ts';
import { buildReport, deliver } from './report-out.ts';
import { requesterOf } from './requester.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs a command of the table in config/contract.ts. Everything thrown on the way becomes a problem; the exit code says how it went. */
export async function runProgram(invocation: Invocation, around: Surroundings): Promise<number> {
  const startedMs = systemClock.now();
  const problems: Problem[] = [];
  try {
    const repository = await openRepository({
      directory: around.directory,
      env: around.env,
      githubToken: around.event.fromFork ? undefined : around.secrets.githubToken,
      serverUrl: around.env['GITHUB_SERVER_URL'],
      clock: systemClock,
      mask: around.host.mask,
    });
    const read = await readConfig(invocation, repository.root, around);
    problems.push(...read.problems);
    if (read.config === null) return await finish({ invocation, around, startedMs, problems });
    const prepared = { invocation, around, repository, config: read.config };
    if (invocation.command === 'validate') return validated(prepared, problems);
    return await execute(prepared, { startedMs, problems });
  } catch (error) {
    if (error instanceof Error && error.stack !== undefined) around.host.debug(error.stack);
    return await finish({ invocation, around, startedMs, problems: [...problems, toProblem(error)] });
  }
}

interface Prepared {
  readonly invocation: Invocation;
  readonly around: Surroundings;
  readonly repository: OpenedRepository;
  readonly config: Config;
}

interface SoFar {
  readonly startedMs: number;
  readonly problems: Problem[];
}

async function execute(prepared: Prepared, { startedMs, problems }: SoFar): Promise<number> {
  const { invocation, around, repository, config } = prepared;
  const chosen = chooseEnvironments(config, invocation.flags.environments);
  problems.push(...chosen.problems);
  if (chosen.problems.length > 0) return finish({ invocation, around, startedMs, problems });
  const adapters = await createAdapters({ ...prepared, onWarning: (problem) => problems.push(problem) });
  const request: Request = {
    environments: chosen.environments,
    operands: invocation.operands,
    images: { rules: config.images, fields: config.fields },
    event: around.event,
    dryRun: isRehearsal(invocation),
    author: authorOf(config, around),
    message: config.commit.message?.value,
    manual: invocation.flags.manual,
    requestedBy: commitsForSomebody(invocation.command)
      ? await requesterOf(invocation, { around, root: repository.root })
      : undefined,
  };
  const deps: Deps = { ...adapters, repository, host: around.host, clock: systemClock, signal: around.signal };
  const result = await runCommand(invocation, request, deps);
  await saveMemory(prepared, adapters);
  const { requestedBy } = request;
  const ending = { invocation, around, startedMs, problems: [...problems, ...result.problems] };
  return finish({ ...ending, requestedBy, result, adapters });
}

/** Nothing is begun that the configuration cannot finish: contexts that are not there stop the run before it writes. */
async function runCommand(invocation: Invocation, request: Request, deps: Deps): Promise<Result> {
  const { command } = invocation;
  if (command === 'scan') return scan(request, deps);
  if (command === 'explain') return explain(request, deps);
  if (command === 'list') return list(request, deps);
  if (command === 'release') return release(request, deps);
  if (isPolicyCommand(command)) return changePolicies(command, request, deps);
  const deploy = command === 'sync' ? sync : run;
  const refusals = await checkRequest(command === 'sync' ? 'sync' : 'run', request, deps);
  return refusals.length > 0 ? { environments: [], problems: refusals } : deploy(request, deps);
}

/** A scan that may not write says what it would write; an explanation writes nothing. */
function isRehearsal({ command, flags }: Invocation): boolean {
  return (
    flags.dryRun || flags.check || command === 'explain' || command === 'list' || (command === 'scan' && !flags.write)
  );
}

/** Its commits name the person who asked. */
function commitsForSomebody(command: Invocation['command']): boolean {
  return command === 'release' || isPolicyCommand(command);
}

function authorOf(config: Config, around: Surroundings): Request['author'] {
  return config.commit.author ?? (around.event.kind === 'terminal' ? TOWPATH : ACTIONS_BOT);
}

/** In a workflow commits show the account that pushes them. Source: https://github.com/actions/checkout#push-a-commit-using-the-built-in-token */
const ACTIONS_BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' };
const TOWPATH = { name: 'Towpath', email: 'towpath@localhost' };

/** `scan` leaves no file in the tree that it is started in, the cache included. */
async function saveMemory({ invocation, around, repository }: Prepared, adapters: Adapters): Promise<void> {
  if (invocation.command === 'sync' || adapters.cacheDirectory === null) return;
  if (invocation.command !== 'run' && isInside(adapters.cacheDirectory, repository.root)) {
    around.host.debug(`what was learnt of the registries is not kept: ${adapters.cacheDirectory} lies in the tree`);
    return;
  }
  await adapters.registries.save();
}

function isInside(directory: string, root: string): boolean {
  const relative = path.relative(root, directory);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

function validated({ around, config }: Prepared, problems: readonly Problem[]): number {
  for (const problem of problems) around.host.problem(problem);
  const count = config.environments.length;
  around.host.info(`${config.file} is valid: ${count} ${count === 1 ? 'environment' : 'environments'}`);
  return 0;
}

interface Ending {
  readonly invocation: Invocation;
  readonly around: Surroundings;
  readonly startedMs: number;
  readonly problems: readonly Problem[];
  readonly requestedBy?: string | undefined;
  readonly result?: Result;
  readonly adapters?: Adapters;
}

/** Reports, tells, and gives the exit code. A report that cannot be written is a failure of its own. */
async function finish(ending: Ending): Promise<number> {
  const { invocation, around, startedMs, problems, result, adapters } = ending;
  const report = buildReport({
    command: invocation.command,
    requestedBy: ending.requestedBy,
    durationMs: systemClock.now() - startedMs,
    dryRun: result?.dryRun ?? isRehearsal(invocation),
    environments: result?.environments ?? [],
    registries: adapters?.registries.requests() ?? {},
    github: { requests: adapters?.githubRequests() ?? 0 },
    problems,
  });
  return deliver({ report, result, invocation, around, notifiers: adapters?.notifiers ?? [] });
}
