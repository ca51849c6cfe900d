/**
 * `.flux.yaml`: how the manifests of a directory are generated, and how their images are updated.
 * Source: https://github.com/fluxcd/flux/blob/master/docs/references/fluxyaml-config-files.md
 */
import type { Position, Problem } from '../../base/errors.ts';
import { readTrees } from '../manifests/read-trees.ts';
import type { SourceFile } from '../manifests/source-file.ts';
import { readSourceText } from '../manifests/source-text.ts';
import { rootOf } from '../manifests/yaml-tree.ts';
import { ConfigReader, type Fields } from './config-reader.ts';
import { parseGoDuration } from './go-duration.ts';

/** A command of the repository, for a shell. */
export interface RepositoryCommand {
  readonly command: string;
  /** Undefined: the usual time. */
  readonly timeoutMs: number | undefined;
  /** Where the command is written. */
  readonly position: Position;
}

/** A step of an update: either command may be missing. */
export interface Updater {
  readonly containerImage: RepositoryCommand | undefined;
  readonly policy: RepositoryCommand | undefined;
}

export type FluxConfig =
  /** The directory holds manifests as files, whatever a `.flux.yaml` further up says. */
  | { readonly kind: 'scanForFiles' }
  | {
      readonly kind: 'commandUpdated';
      readonly position: Position;
      readonly generators: readonly RepositoryCommand[];
      readonly updaters: readonly Updater[];
    }
  | {
      readonly kind: 'patchUpdated';
      readonly position: Position;
      readonly generators: readonly RepositoryCommand[];
      /** As written, and where. */
      readonly patchFile: { readonly value: string; readonly position: Position };
    };

export type FluxConfigResult =
  | { readonly ok: true; readonly config: FluxConfig }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const KINDS = ['commandUpdated', 'patchUpdated', 'scanForFiles'] as const;
const DOCUMENTED = 'See https://github.com/fluxcd/flux/blob/master/docs/references/fluxyaml-config-files.md.';

/** Flux took a shorter time for a mistake, and used its own. */
const SHORTEST_TIMEOUT_MS = 1_000;

/** Reads the file, strictly: every mistake in it is a problem at its place, and one of them makes it unusable. */
export function parseFluxConfig(file: SourceFile): FluxConfigResult {
  const read = readSourceText(file);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  const composed = readTrees(read.source);
  if (!composed.ok) return { ok: false, problems: [composed.problem] };
  const [tree, second] = composed.trees;
  if (tree === undefined) return { ok: false, problems: [emptyFile(file)] };
  const reader = new ConfigReader(read.source, tree);
  if (second !== undefined) reader.fail(second.root.start, 'holds a second document', 'Keep one document.');
  const fields = reader.fields(rootOf(tree), 'the file');
  const config = fields === undefined ? undefined : readRoot(reader, fields);
  return config === undefined || reader.problems.length > 0
    ? { ok: false, problems: reader.problems }
    : { ok: true, config };
}

function emptyFile(file: SourceFile): Problem {
  return {
    severity: 'error',
    code: 'GENERATION_CONFIG',
    message: 'file is empty',
    position: { file: file.path, line: 1, col: 1 },
    hint: `Write \`version: 1\` and one of ${KINDS.join(', ')}. ${DOCUMENTED}`,
  };
}

function readRoot(reader: ConfigReader, fields: Fields): FluxConfig | undefined {
  if (isPreRelease(fields)) {
    const hint = 'Write `version: 1`, and move generators and updaters below `commandUpdated`.';
    reader.fail(fields.start, 'has the format that .flux.yaml had before its first release', hint);
    return undefined;
  }
  reader.onlyKnown(fields, ['version', ...KINDS]);
  readVersion(reader, fields);
  const [kind, another] = KINDS.filter((name) => fields.has(name));
  if (kind === undefined) {
    reader.fail(fields.start, 'does not say how manifests are made', `Add one of ${KINDS.join(', ')}. ${DOCUMENTED}`);
    return undefined;
  }
  if (another !== undefined) {
    reader.fail(fields.keyStart(another), `has ${another} beside ${kind}`, 'Keep one of them.');
    return undefined;
  }
  if (kind === 'scanForFiles') return readScan(reader, fields);
  const inner = reader.fields(fields.get(kind), kind);
  if (inner === undefined) return undefined;
  const position = reader.positionAt(fields.keyStart(kind));
  return kind === 'commandUpdated'
    ? readCommandUpdated(reader, inner, position)
    : readPatchUpdated(reader, inner, position);
}

function isPreRelease(fields: Fields): boolean {
  return !KINDS.some((name) => fields.has(name)) && (fields.has('generators') || fields.has('updaters'));
}

function readVersion(reader: ConfigReader, fields: Fields): void {
  const version = fields.get('version');
  if (version === undefined) reader.fail(fields.start, 'has no version', 'Write `version: 1`.');
  else if (reader.value(version) !== 1) {
    reader.fail(version.node.start, 'has a version other than 1', 'Write `version: 1`.');
  }
}

function readScan(reader: ConfigReader, fields: Fields): FluxConfig {
  const value = fields.get('scanForFiles');
  const isNothing = value !== undefined && reader.value(value) === null;
  const inner = isNothing ? undefined : reader.fields(value, 'scanForFiles');
  if (inner !== undefined) reader.onlyKnown(inner, []);
  return { kind: 'scanForFiles' };
}

function readCommandUpdated(reader: ConfigReader, fields: Fields, position: Position): FluxConfig {
  reader.onlyKnown(fields, ['generators', 'updaters']);
  const generators = readGenerators(reader, fields);
  const updaters = reader.list(fields, 'updaters').flatMap((item): Updater[] => {
    const step = reader.fields(item, 'an updater');
    if (step === undefined) return [];
    reader.onlyKnown(step, ['containerImage', 'policy']);
    const read = (name: string) => (step.has(name) ? readCommand(reader, step.get(name), name) : undefined);
    return [{ containerImage: read('containerImage'), policy: read('policy') }];
  });
  return { kind: 'commandUpdated', position, generators, updaters };
}

function readPatchUpdated(reader: ConfigReader, fields: Fields, position: Position): FluxConfig | undefined {
  reader.onlyKnown(fields, ['generators', 'patchFile']);
  const generators = readGenerators(reader, fields);
  const value = reader.text(fields, 'patchFile', 'Name the file that updates are written to, such as flux-patch.yaml.');
  if (value === undefined) return undefined;
  const at = fields.get('patchFile')?.node.start ?? fields.start;
  return { kind: 'patchUpdated', position, generators, patchFile: { value, position: reader.positionAt(at) } };
}

function readGenerators(reader: ConfigReader, fields: Fields): readonly RepositoryCommand[] {
  if (!fields.has('generators')) {
    reader.fail(fields.start, 'has no generators', 'List the commands that print manifests; `[]` for none.');
  }
  return reader.list(fields, 'generators').flatMap((item) => readCommand(reader, item, 'a generator') ?? []);
}

function readCommand(
  reader: ConfigReader,
  item: Parameters<ConfigReader['fields']>[0],
  name: string,
): RepositoryCommand | undefined {
  const fields = reader.fields(item, name);
  if (fields === undefined) return undefined;
  reader.onlyKnown(fields, ['command', 'timeout']);
  const timeoutMs = readTimeout(reader, fields);
  const command = reader.text(fields, 'command', 'Write the command as text, quoted where YAML needs it.');
  if (command === undefined) return undefined;
  const at = fields.get('command')?.node.start ?? fields.start;
  return { command, timeoutMs, position: reader.positionAt(at) };
}

function readTimeout(reader: ConfigReader, fields: Fields): number | undefined {
  if (!fields.has('timeout')) return undefined;
  const hint = 'Write a duration with its unit, such as 30s or 2m30s.';
  const text = reader.text(fields, 'timeout', hint);
  if (text === undefined) return undefined;
  const timeoutMs = parseGoDuration(text);
  if (timeoutMs === undefined || timeoutMs < 0) {
    reader.fail(fields.get('timeout')?.node.start ?? fields.start, 'has a timeout that is no duration', hint);
    return undefined;
  }
  return timeoutMs < SHORTEST_TIMEOUT_MS ? undefined : timeoutMs;
}
