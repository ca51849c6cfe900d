/** Names for the chunks of a split build that say what is inside and stay the same from build to build. */
import path from 'node:path';
import type { Metafile } from 'esbuild';

export interface ChunkNames {
  /** The name in `dist/` of the output that esbuild called `hashed`. */
  readonly nameOf: (hashed: string) => string;
  /** `text` with every reference to a chunk replaced by its name. */
  readonly rename: (text: string) => string;
}

/**
 * A chunk loaded by `import()` is called after the module asked for, a chunk that several outputs share after
 * the largest part in it. `entries`: the names that stay. The hash in esbuild's own names changes with every byte
 * of the content, which would make a new file of each chunk for git.
 */
export function nameChunks(metafile: Metafile, entries: ReadonlySet<string>): ChunkNames {
  const names = new Map<string, string>();
  const taken = new Set(entries);
  const chunks = Object.entries(metafile.outputs)
    .map(([file, output]) => ({ hashed: path.basename(file), output, wanted: wantedName(output) }))
    .filter(({ hashed }) => !entries.has(hashed))
    .sort((a, b) => b.output.bytes - a.output.bytes || (a.wanted < b.wanted ? -1 : 1));
  for (const { hashed, wanted } of chunks) {
    let name = `${wanted}.js`;
    for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}.js`;
    taken.add(name);
    names.set(hashed, name);
  }
  return {
    nameOf: (hashed) => names.get(hashed) ?? hashed,
    rename: (text) => {
      let result = text;
      for (const [hashed, name] of names) result = result.replaceAll(`./${hashed}`, `./${name}`);
      return result;
    },
  };
}

function wantedName(output: Metafile['outputs'][string]): string {
  if (output.entryPoint !== undefined) return partOf(output.entryPoint, 'file');
  const sizes = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    const part = partOf(input, 'room');
    sizes.set(part, (sizes.get(part) ?? 0) + bytesInOutput);
  }
  const [largest] = [...sizes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return `shared-${largest?.[0] ?? 'runtime'}`;
}

/** The package of a file in `node_modules`; of our own sources the room, or the room and the file. */
function partOf(input: string, detail: 'file' | 'room'): string {
  const inPackage = /^(?:.*\/)?node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(input)?.[1];
  const own = input.replace(/^(?:.*\/)?src\//, '').replace(/\.[cm]?[jt]s$/, '');
  const part = inPackage ?? (detail === 'file' ? own : (own.split('/')[0] ?? own));
  return part.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
