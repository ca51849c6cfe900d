/** The action's inputs → the same invocation that a command line gives, and the secrets that only inputs carry. */
import { messageOf, type Problem, TowpathError } from '../base/errors.ts';
import { suggestion } from '../base/nearest.ts';
import { Secret } from '../base/secret.ts';
import { splitArguments } from './arguments.ts';
import { COMMANDS, INPUTS, type InputName } from './contract.ts';
import { type Invocation, parseInvocation } from './invocation.ts';

/** Credentials that the action is given as content, never as files. */
export interface InputSecrets {
  readonly githubToken: Secret | undefined;
  /** A kubeconfig, decoded where it was given in base64. */
  readonly kubeconfig: Secret | undefined;
  /** A Docker config.json. */
  readonly registryAuth: Secret | undefined;
  readonly slackWebhookUrl: Secret | undefined;
}

export type ActionInputs =
  | { readonly ok: true; readonly invocation: Invocation; readonly secrets: InputSecrets }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads the inputs from the runner's environment (`INPUT_DRY-RUN` and the like). An input that is empty or left at its default
 * counts as not given, so that `arguments` may say otherwise.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#inputs
 */
export function readActionInputs(environment: Readonly<Record<string, string | undefined>>): ActionInputs {
  const input = (name: InputName) => (environment[inputVariable(name)] ?? '').trim();
  const problems: Problem[] = [];
  const secrets: InputSecrets = {
    githubToken: secretOf(input('github-token')),
    kubeconfig: readKubeconfig(input('kubeconfig'), problems),
    registryAuth: readRegistryAuth(input('registry-auth'), problems),
    slackWebhookUrl: secretOf(input('slack-webhook-url')),
  };
  const argv = [readCommand(input('command'), problems), ...readFlags(input, problems)];
  argv.push(...readArguments(input('arguments'), { problems, secrets }));
  const parsed = parseInvocation(argv);
  if (!parsed.ok) problems.push(...parsed.problems);
  if (problems.length > 0 || !parsed.ok) return { ok: false, problems };
  return { ok: true, invocation: parsed.invocation, secrets };
}

/** The runner upper-cases an input's name and keeps its hyphens. */
export function inputVariable(name: InputName): string {
  return `INPUT_${name.toUpperCase()}`;
}

function readCommand(text: string, problems: Problem[]): string {
  if (text === '') return 'run';
  const names = COMMANDS.map((command) => command.name);
  if (names.some((name) => name === text)) return text;
  problems.push(inputProblem(`input command has the unknown value '${text.slice(0, 60)}'`, suggestion(text, names)));
  return 'run';
}

function readFlags(input: (name: InputName) => string, problems: Problem[]): string[] {
  const flags: string[] = [];
  const config = input('config');
  if (config !== '' && config !== defaultOf('config')) flags.push(`--config=${config}`);
  for (const line of input('environment').split(/\r?\n/)) {
    if (line.trim() !== '') flags.push(`--environment=${line.trim()}`);
  }
  const dryRun = input('dry-run');
  if (dryRun === 'true') flags.push('--dry-run');
  else if (dryRun !== 'false' && dryRun !== '') {
    problems.push(inputProblem('input dry-run is neither true nor false', 'Write true or false.'));
  }
  return flags;
}

function readArguments(
  text: string,
  { problems, secrets }: { problems: Problem[]; secrets: InputSecrets },
): readonly string[] {
  try {
    const words = splitArguments(text);
    for (const [name, secret] of [
      ['kubeconfig', secrets.kubeconfig],
      ['registry-auth', secrets.registryAuth],
    ] as const) {
      const both = secret !== undefined && words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
      if (both) problems.push(inputProblem(`--${name} is given twice`, 'Give the input or the flag, not both.'));
    }
    return words;
  } catch (error) {
    const hint = error instanceof TowpathError ? error.hint : undefined;
    problems.push(inputProblem(messageOf(error), hint));
    return [];
  }
}

/** Plain YAML has a colon; base64 has none, so the two cannot be confused. */
function readKubeconfig(text: string, problems: Problem[]): Secret | undefined {
  if (text === '') return undefined;
  if (text.includes(':')) return new Secret(text);
  const compact = text.replace(/\s+/g, '');
  const decoded = Buffer.from(compact, 'base64').toString('utf8');
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact) && decoded.includes(':') && !decoded.includes('\uFFFD')) {
    return new Secret(decoded);
  }
  problems.push(
    inputProblem('input kubeconfig is neither a kubeconfig nor one in base64', 'Give the content of the file.'),
  );
  return undefined;
}

function readRegistryAuth(text: string, problems: Problem[]): Secret | undefined {
  if (text === '') return undefined;
  if (text.startsWith('{') && isJson(text)) return new Secret(text);
  problems.push(
    inputProblem('input registry-auth is not a JSON object', "Give the content of a Docker config.json, with 'auths'."),
  );
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The parser's message would quote the secret; that it is no JSON is all there is to say.
    return false;
  }
}

function secretOf(text: string): Secret | undefined {
  return text === '' ? undefined : new Secret(text);
}

function defaultOf(name: InputName): string | undefined {
  return INPUTS.find((entry) => entry.name === name)?.default;
}

function inputProblem(message: string, hint: string | undefined): Problem {
  return { severity: 'error', code: 'USAGE_INPUT', message, hint };
}
