/** What started the run, from the runner's environment and the event's payload. */

export interface RunEvent {
  readonly kind: 'terminal' | 'schedule' | 'dispatch' | 'push' | 'pull-request' | 'other';
  /** GitHub's name of the event: `workflow_dispatch`; `terminal` without one. */
  readonly name: string;
  /** The branch it is about; of a pull request the one that is to be merged. Undefined for tags. */
  readonly branch: string | undefined;
  /** The branch that a pull request is to be merged into. */
  readonly baseBranch: string | undefined;
  /** True where the code may come from somebody without write access: then no generator runs and nothing is written. */
  readonly fromFork: boolean;
  /** True for a push that deleted its branch. */
  readonly deleted: boolean;
  readonly runUrl: string | undefined;
  /** `owner/name` */
  readonly repository: string | undefined;
  /** Web address of the repository, without a trailing slash. */
  readonly repositoryUrl: string | undefined;
  readonly actor: string | undefined;
}

/** The facts as the runner has them. */
export interface RunFacts {
  readonly name: string | undefined;
  readonly payload: unknown;
  readonly ref: string | undefined;
  readonly actor: string | undefined;
  readonly serverUrl: string | undefined;
  readonly runId: number | undefined;
  readonly runAttempt: number | undefined;
  readonly repository: string | undefined;
}

/** The event of a run that nobody but a person started. */
export const TERMINAL_EVENT: RunEvent = {
  kind: 'terminal',
  name: 'terminal',
  branch: undefined,
  baseBranch: undefined,
  fromFork: false,
  deleted: false,
  runUrl: undefined,
  repository: undefined,
  repositoryUrl: undefined,
  actor: undefined,
};

/** Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows */
export function parseRunEvent(facts: RunFacts): RunEvent {
  const name = facts.name ?? '';
  if (name === '') return TERMINAL_EVENT;
  const kind = kindOf(name);
  const pull = kind === 'pull-request' ? member(facts.payload, 'pull_request') : undefined;
  const repositoryUrl = urlOf(facts);
  return {
    kind,
    name,
    branch: pull === undefined ? branchOf(facts.ref) : text(member(member(pull, 'head'), 'ref')),
    baseBranch: text(member(member(pull, 'base'), 'ref')),
    fromFork: kind === 'pull-request' ? isOther(member(member(pull, 'head'), 'repo'), facts) : isForksRun(facts),
    deleted: kind === 'push' && member(facts.payload, 'deleted') === true,
    runUrl: runUrlOf(facts, repositoryUrl),
    repository: facts.repository,
    repositoryUrl,
    actor: facts.actor,
  };
}

function kindOf(name: string): RunEvent['kind'] {
  switch (name) {
    case 'schedule':
      return 'schedule';
    case 'workflow_dispatch':
    case 'repository_dispatch':
      return 'dispatch';
    case 'push':
      return 'push';
    case 'pull_request':
    case 'pull_request_target':
    // Both check out what the pull request would become, as the first does.
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return 'pull-request';
    default:
      return 'other';
  }
}

function branchOf(ref: string | undefined): string | undefined {
  const prefix = 'refs/heads/';
  return ref?.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}

/** `workflow_run` carries a fork's run into the permissions of the base repository. */
function isForksRun(facts: RunFacts): boolean {
  const run = member(facts.payload, 'workflow_run');
  return run !== undefined && isOther(member(run, 'head_repository'), facts);
}

/** A head repository that is gone was a fork, and one that is not named may be one. */
function isOther(repository: unknown, facts: RunFacts): boolean {
  const name = text(member(repository, 'full_name'));
  return name === undefined || name.toLowerCase() !== facts.repository?.toLowerCase();
}

function urlOf({ serverUrl, repository }: RunFacts): string | undefined {
  if (repository === undefined || serverUrl === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return undefined;
  return `${serverUrl.replace(/\/+$/, '')}/${repository}`;
}

function runUrlOf({ runId, runAttempt }: RunFacts, repositoryUrl: string | undefined): string | undefined {
  if (repositoryUrl === undefined || runId === undefined || !Number.isSafeInteger(runId)) return undefined;
  const attempt = runAttempt !== undefined && runAttempt > 1 ? `/attempts/${runAttempt}` : '';
  return `${repositoryUrl}/actions/runs/${runId}${attempt}`;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
