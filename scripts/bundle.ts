/** Builds what `dist/` holds, in memory: the same bytes for the same sources, in whatever directory they lie. */
import path from 'node:path';
import * as esbuild from 'esbuild';
import { nameChunks } from './chunk-names.ts';
import { leaveOut } from './left-out.ts';
import { licenseText } from './licenses.ts';

export interface BundleOptions {
  /** The directory with `node_modules` and the sources. */
  readonly root: string;
  /** Output name without `.js` → source file, relative to `root`. */
  readonly entries?: Readonly<Record<string, string>>;
}

export interface Output {
  readonly bytes: number;
  /** Output files loaded with this one, before any of its code runs. */
  readonly staticImports: readonly string[];
  /** Output files loaded only when the code asks for them. */
  readonly lazyImports: readonly string[];
  /** Source files with code in this output, relative to `root`. */
  readonly inputs: readonly string[];
}

export interface Bundle {
  /** File name in `dist/` → content. */
  readonly files: ReadonlyMap<string, string>;
  /** The JavaScript files among them. */
  readonly outputs: ReadonlyMap<string, Output>;
}

export const ENTRIES: Readonly<Record<string, string>> = {
  action: 'src/entry/action.ts',
  cli: 'src/entry/cli.ts',
  post: 'src/entry/post.ts',
};

/** CommonJS packages inside an ES module ask for Node's own modules by `require`, which an ES module does not have. */
const REQUIRE =
  "import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);";

/** Every file of `dist/`. Throws what esbuild says, its warnings included, and on a licence that is missing or not allowed. */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  const entries = options.entries ?? ENTRIES;
  const result = await esbuild.build({
    absWorkingDir: options.root,
    entryPoints: Object.entries(entries).map(([out, source]) => ({ in: source, out })),
    outdir: 'dist',
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    charset: 'utf8',
    // Readable: what runs can be reviewed, a stack trace says something, and a small change is a small delta in git.
    minify: false,
    // Comments name the files by the path they were found under, which must not depend on where links lead.
    preserveSymlinks: true,
    legalComments: 'none',
    banner: { js: REQUIRE },
    plugins: [leaveOut()],
    logLevel: 'silent',
  });
  if (result.warnings.length > 0) {
    const lines = await esbuild.formatMessages(result.warnings, { kind: 'warning' });
    throw new Error(`the bundle has warnings:\n${lines.join('\n')}`);
  }
  const named = nameChunks(result.metafile, new Set(Object.keys(entries).map((name) => `${name}.js`)));
  const outputs = new Map<string, Output>();
  const files = new Map<string, string>();
  for (const file of result.outputFiles) {
    const hashed = path.basename(file.path);
    const meta = result.metafile.outputs[`dist/${hashed}`];
    if (meta === undefined) throw new Error(`no facts about ${hashed}`);
    const text = named.rename(file.text);
    files.set(named.nameOf(hashed), text);
    outputs.set(named.nameOf(hashed), describe(meta, text, named.nameOf));
  }
  files.set('package.json', `${JSON.stringify({ type: 'module' })}\n`);
  const inputs = [...outputs.values()].flatMap((output) => output.inputs);
  files.set('licenses.txt', licenseText(options.root, inputs));
  return { files: sorted(files), outputs: sorted(outputs) };
}

/** `file` and every output that is loaded with it; what is imported lazily is not in it. */
export function loadedWith(built: Bundle, file: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [file];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(built.outputs.get(next)?.staticImports ?? []));
  }
  return seen;
}

/** The bytes that Node reads before the first line of `file` runs. */
export function startBytes(built: Bundle, file: string): number {
  let total = 0;
  for (const name of loadedWith(built, file)) total += built.outputs.get(name)?.bytes ?? 0;
  return total;
}

function describe(meta: esbuild.Metafile['outputs'][string], text: string, nameOf: (hashed: string) => string): Output {
  const own = meta.imports.filter((imported) => !imported.external);
  const names = (kind: string) =>
    own.filter((imported) => imported.kind === kind).map((imported) => nameOf(path.basename(imported.path)));
  return {
    bytes: Buffer.byteLength(text),
    staticImports: names('import-statement'),
    lazyImports: names('dynamic-import'),
    inputs: Object.keys(meta.inputs),
  };
}

function sorted<T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
