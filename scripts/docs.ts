/** `npm run docs` writes what is generated from the code: action.yml, schema/, the README's tables. With `--check` it only compares. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderActionYml, renderHelp, renderInputsTable, renderOutputsTable } from '../src/config/render-contract.ts';
import { configSchema } from '../src/config/schema.ts';
import { reportSchema } from '../src/core/report/report-schema.ts';

/** Path → content of every generated file. `root`: where the README to fill in lies. */
export function generatedFiles(root: string): ReadonlyMap<string, string> {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const parts = {
    inputs: renderInputsTable(),
    outputs: renderOutputsTable(),
    help: `\`\`\`text\n${renderHelp().trimEnd()}\n\`\`\``,
  };
  return new Map([
    ['action.yml', renderActionYml()],
    ['schema/towpath.schema.json', json(configSchema())],
    ['schema/report.schema.json', json(reportSchema())],
    ['README.md', Object.entries(parts).reduce((text, [name, part]) => fill(text, name, part), readme)],
  ]);
}

/** Puts `content` between `<!-- name -->` and `<!-- /name -->`. */
function fill(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new Error(`README.md has no place for ${name}: ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n${content.trimEnd()}\n${text.slice(end)}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function main(root: string, check: boolean): void {
  for (const [file, content] of generatedFiles(root)) {
    const target = path.join(root, file);
    if (!check) {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, content);
    } else if (current(target) !== content) {
      console.error(`${file} is not what the code generates. Run \`npm run docs\` and commit it with the change.`);
      process.exitCode = 1;
    }
  }
}

function current(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

if (process.argv[1] === import.meta.filename)
  main(path.join(import.meta.dirname, '..'), process.argv.includes('--check'));
