/** What the generators printed → the objects of an environment. */
import type { Problem } from '../../base/errors.ts';
import { findDuplicates } from '../manifests/duplicates.ts';
import { parseLoose } from '../manifests/parse.ts';
import { type GeneratedDocument, type ReadDocuments, readDocument } from './generated-document.ts';
import type { Generation } from './generation.ts';
import { hasContent, splitDocuments } from './split-documents.ts';

/** More than the largest clusters have: what prints more has run away. */
const MAX_DOCUMENTS = 50_000;

export interface GeneratorOutputs {
  readonly generation: Generation;
  /** What each generator printed, in their order. */
  readonly outputs: readonly Uint8Array[];
  /** Tells outputs of the same `.flux.yaml` apart: an environment, a cluster. It becomes part of the documents' paths. */
  readonly variant?: string | undefined;
}

/**
 * The objects in the order printed. All or none: one document that cannot be read, or an object that is printed twice,
 * costs the whole environment, since nobody can tell what else is wrong with it. Positions name the `.flux.yaml`, the
 * document by its number in all that was printed, and the line within it.
 */
export function readGenerated({ generation, outputs, variant }: GeneratorOutputs): ReadDocuments {
  const documents: GeneratedDocument[] = [];
  const problems: Problem[] = [];
  const name = variant === undefined ? generation.configPath : `${generation.configPath}@${variant}`;
  let count = 0;
  for (const [index, output] of outputs.entries()) {
    const text = decode(output);
    if (text === undefined) return { ok: false, problems: [notText(generation, index)] };
    for (const { start, end } of splitDocuments(text)) {
      const document = text.slice(start, end);
      if (!hasContent(document)) continue;
      count++;
      if (count > MAX_DOCUMENTS) return { ok: false, problems: [tooMany(generation, index)] };
      const read = readDocument({ path: `${name}#${count}`, bytes: new TextEncoder().encode(document) });
      if (read.ok && read.documents.length === 0 && isProse(document)) {
        return { ok: false, problems: [noManifest(generation, { index, count })] };
      }
      if (read.ok) documents.push(...read.documents);
      else problems.push(...read.problems.map((problem) => printedBy(problem, { generation, index, count })));
    }
  }
  problems.push(...findDuplicates(documents.map(({ document }) => document)).problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, documents };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // reason: the caller says which command it was
    return undefined;
  }
}

function printedBy(
  problem: Problem,
  { generation, index, count }: { readonly generation: Generation; readonly index: number; readonly count: number },
): Problem {
  const { file, line } = generation.config.generators[index]?.position ?? generation.config.position;
  return { ...problem, hint: `Look at document ${count} of the output; the command at ${file}:${line} prints it.` };
}

function notText(generation: Generation, index: number): Problem {
  return outputProblem(generation, index, 'printed something else than UTF-8 text');
}

/** Whether a text that is YAML and no object is not even a mapping: what scripts say when they fail without an exit code. */
function isProse(document: string): boolean {
  return parseLoose({ path: '', bytes: new TextEncoder().encode(document) }, '').documents.length === 0;
}

function noManifest(
  generation: Generation,
  { index, count }: { readonly index: number; readonly count: number },
): Problem {
  return outputProblem(generation, index, `printed something else than a manifest as document ${count}`);
}

function tooMany(generation: Generation, index: number): Problem {
  return outputProblem(generation, index, `printed more than ${MAX_DOCUMENTS} documents`);
}

function outputProblem(generation: Generation, index: number, clause: string): Problem {
  return {
    severity: 'error',
    code: 'GENERATED_UNREADABLE',
    message: `generator of ${generation.configPath} ${clause}`,
    position: generation.config.generators[index]?.position ?? generation.config.position,
    subject: generation.configPath,
    hint: 'Let the command print manifests as YAML, and nothing else.',
  };
}
