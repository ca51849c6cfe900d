/** The contract as the texts that repeat it: action.yml and the tables of the README. */
import { INPUTS, type InputEntry, OUTPUTS } from './contract.ts';
import { wrap } from './render-help.ts';

export { renderHelp } from './render-help.ts';

const DESCRIPTION =
  'GitOps that runs in your CI: scan registries, bump images in the config repository, apply environments to clusters, tell Slack.';

/** The whole of action.yml. */
export function renderActionYml(): string {
  return `${[
    '# yaml-language-server: $schema=https://www.schemastore.org/github-action.json',
    '# Generated from src/config/contract.ts by npm run docs. Change it there.',
    'name: Towpath',
    ...folded('description', DESCRIPTION, ''),
    'author: The Towpath authors',
    'branding:',
    '  icon: anchor',
    '  color: blue',
    'inputs:',
    ...INPUTS.flatMap((input) => [
      `  ${input.name}:`,
      ...folded('description', input.description, '    '),
      '    required: false',
      ...(input.default === undefined ? [] : [`    default: ${quoted(input.default)}`]),
    ]),
    'outputs:',
    ...OUTPUTS.flatMap(({ name, description }) => [`  ${name}:`, ...folded('description', description, '    ')]),
    'runs:',
    '  using: node24',
    '  main: dist/action.js',
    '  post: dist/post.js',
  ].join('\n')}\n`;
}

/** The inputs as a Markdown table, without a line break at the end. */
export function renderInputsTable(): string {
  return table(['input', 'what', 'default'], INPUTS.map(inputRow));
}

/** The outputs as a Markdown table, without a line break at the end. */
export function renderOutputsTable(): string {
  return table(
    ['output', 'what'],
    OUTPUTS.map(({ name, description }) => [`\`${name}\``, description]),
  );
}

function inputRow({ name, description, default: fallback }: InputEntry): string[] {
  return [`\`${name}\``, description, fallback === undefined ? '' : `\`${fallback}\``];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A folded block scalar: prose may hold colons and quotes as it likes. */
function folded(key: string, text: string, indent: string): string[] {
  return [`${indent}${key}: >-`, ...wrap(text, 100).map((line) => `${indent}  ${line}`)];
}

function quoted(text: string): string {
  return /^[\w.]+$/.test(text) && !/^(?:true|false|null|[0-9.]+)$/.test(text)
    ? text
    : `'${text.replaceAll("'", "''")}'`;
}
