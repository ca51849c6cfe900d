/** Text of `.towpath.yaml` → Config, or every problem in it. */
import { LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type { Problem } from '../base/errors.ts';
import { Secret } from '../base/secret.ts';
import type { Config, ConfigErrorCode, NotifierConfig } from './config.ts';
import { NOTIFIER_OFF } from './config.ts';
import { configShape, type WrittenConfig } from './config-shape.ts';
import { judgeWebhookUrl } from './names.ts';
import type { SlackChoice } from './notifier-shape.ts';
import { Reading } from './shape/reading.ts';
import { INVALID } from './shape/shape.ts';
import { findReserved, hideReferences, showReferences } from './variables.ts';

export interface LoadOptions {
  /** The file's name as messages show it. */
  readonly file: string;
  /** The environment variables that `${NAME}` may name. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The action's input: the value of SLACK_WEBHOOK_URL, whatever the environment says. */
  readonly slackWebhookUrl?: Secret | undefined;
}

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const SLACK_VARIABLE = 'SLACK_WEBHOOK_URL';
const LONGEST = 256 * 1024;
const MOST_PROBLEMS = 100;

/** Reads the configuration. All problems are collected; with any error among them there is no Config. */
export function loadConfig(text: string, options: LoadOptions): LoadedConfig {
  if (text.length > LONGEST) {
    return failure(options.file, { code: 'CONFIG_TOO_LARGE', message: 'the configuration is larger than 256 KiB' });
  }
  // Editors do not count a byte order mark as a column.
  const plain = text.replace(/^\uFEFF/, '');
  const source = hideReferences(plain);
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const syntax = syntaxProblems(plain, { errors: document.errors, lines, file: options.file });
  if (syntax.length > 0) return { ok: false, problems: syntax };
  const variables = { ...options.variables, [SLACK_VARIABLE]: slackUrl(options) };
  const reading = new Reading({ file: options.file, source, lines, document, variables });
  const written = configShape().read(document.contents, reading);
  if (written === INVALID || hasErrors(reading.problems)) return { ok: false, problems: inOrder(reading.problems) };
  const { notifiers, problems } = chooseNotifiers(written, options);
  const all = inOrder([...reading.problems, ...problems]);
  if (hasErrors(all)) return { ok: false, problems: all };
  const config = freeze({
    file: options.file,
    environments: written.environments,
    registries: written.registries,
    notifiers,
    images: written.images,
    fields: written.fields,
    commit: written.commit,
  });
  return { ok: true, config, warnings: all };
}

/** The problem to show where there is no configuration file. */
export function configNotFound(file: string): Problem {
  return {
    severity: 'error',
    code: 'CONFIG_NOT_FOUND' satisfies ConfigErrorCode,
    message: 'there is no such configuration file',
    subject: file,
    hint: `Create ${file} with 'version: 1' and 'environments', or name another file with --config.`,
  };
}

function syntaxProblems(
  text: string,
  { errors, lines, file }: { errors: readonly YAMLParseError[]; lines: LineCounter; file: string },
): readonly Problem[] {
  const complaints = errors.map((error) => ({ offset: error.pos[0], message: syntaxMessage(error) }));
  const reserved = findReserved(text);
  if (reserved >= 0) complaints.push({ offset: reserved, message: 'private-use characters cannot stand here' });
  const written = text.split('\n');
  const problems = new Map<number, Problem>();
  for (const { offset, message } of complaints) {
    const { line, col } = lines.linePos(offset);
    // What the parser says next about the same line is about its own confusion.
    if (problems.has(line)) continue;
    if (problems.size >= MOST_PROBLEMS) break;
    problems.set(line, {
      severity: 'error',
      code: 'CONFIG_SYNTAX' satisfies ConfigErrorCode,
      message: `not valid YAML: ${message}`,
      position: { file, line, col },
      hint: syntaxHint(written[line - 1] ?? ''),
    });
  }
  return inOrder([...problems.values()]);
}

/** The parser's sentence in the form of ours; what it says of its own interface is left out. */
function syntaxMessage({ code, message }: YAMLParseError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here';
  const sentence = showReferences(message).split('\n')[0]?.replace(/[.:]$/, '') ?? '';
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function syntaxHint(written: string): string | undefined {
  if (/\$\{(?!\w+\})/.test(written))
    return `Write variables as \${NAME}: letters, digits and underscores, nothing else.`;
  return /^\s*\t/.test(written) ? 'Indent with spaces: YAML allows no tabs there.' : undefined;
}

/** The address that the run was given beside the configuration: the input, else the variable. */
function slackUrl(options: LoadOptions): string | undefined {
  const { variables, slackWebhookUrl } = options;
  const variable = Object.hasOwn(variables, SLACK_VARIABLE) ? variables[SLACK_VARIABLE] : undefined;
  return slackWebhookUrl?.reveal() ?? (variable === '' ? undefined : variable);
}

/**
 * Gives notifiers without an address the one of the run. Whoever hands an address to the action wants to be told:
 * where no notifier is configured, the input makes one.
 */
function chooseNotifiers(written: WrittenConfig, options: LoadOptions): Chosen {
  const chosen: { notifiers: NotifierConfig[]; problems: Problem[] } = { notifiers: [], problems: [] };
  const implied: SlackChoice = {
    kind: 'slack',
    position: { file: options.file, line: 1, col: 1 },
    webhookUrl: undefined,
    channel: undefined,
    username: undefined,
  };
  const none = written.notify.length === 0 && options.slackWebhookUrl !== undefined;
  for (const [index, choice] of (none ? [implied] : written.notify).entries()) {
    if (choice.kind === 'off') continue;
    const webhookUrl = choice.webhookUrl ?? urlOfRun({ choice, index, options, problems: chosen.problems });
    if (webhookUrl !== undefined) chosen.notifiers.push({ ...choice, webhookUrl });
  }
  return chosen;
}

interface Chosen {
  readonly notifiers: readonly NotifierConfig[];
  readonly problems: readonly Problem[];
}

function urlOfRun(given: {
  readonly choice: SlackChoice;
  readonly index: number;
  readonly options: LoadOptions;
  readonly problems: Problem[];
}): Secret | undefined {
  const url = slackUrl(given.options);
  const { position } = given.choice;
  if (url === undefined) {
    const message = `notify[${given.index}] is off: it has no webhook-url and ${SLACK_VARIABLE} is not set`;
    const hint = `Add webhook-url, or set ${SLACK_VARIABLE}.`;
    given.problems.push({ severity: 'warning', code: NOTIFIER_OFF, message, position, hint });
    return undefined;
  }
  const judgement = judgeWebhookUrl(url);
  if (judgement.ok) return new Secret(url);
  const code: ConfigErrorCode = 'CONFIG_VALUE';
  const message = `${SLACK_VARIABLE} ${judgement.message}`;
  given.problems.push({ severity: 'error', code, message, position, hint: judgement.hint });
  return undefined;
}

function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const line = (problem: Problem) => problem.position?.line ?? 0;
  const col = (problem: Problem) => problem.position?.col ?? 0;
  return [...problems].sort((a, b) => line(a) - line(b) || col(a) - col(b));
}

function failure(file: string, { code, message }: { code: ConfigErrorCode; message: string }): LoadedConfig {
  return { ok: false, problems: [{ severity: 'error', code, message, subject: file }] };
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
