/**
 * `npm run bench`: figures for selection, for a large repository, and for registry scans. Every part prints a line that
 * says what was measured; nothing here passes or fails. `npm run bench -- files` runs one part.
 */
import { benchFiles } from './files.ts';
import { benchRegistry } from './registry.ts';
import { benchSelection } from './selection.ts';

const PARTS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  selection: benchSelection,
  files: benchFiles,
  registry: benchRegistry,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exitCode = 2;
} else {
  for (const [name, measure] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(name);
    for (const line of await measure()) console.log(`  ${line}`);
  }
}
