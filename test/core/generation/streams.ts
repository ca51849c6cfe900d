/** Streams of manifests as a generator would have printed them. */
import type { GeneratedDocument } from '../../../src/core/generation/generated-document.ts';
import type { Generation } from '../../../src/core/generation/generation.ts';
import { readGenerated } from '../../../src/core/generation/read-generated.ts';
import type { SourceFile } from '../../../src/core/manifests/source-file.ts';

const AT = { file: 'dev/.flux.yaml', line: 3, col: 7 };

export const PATCHED: Generation = {
  configPath: 'dev/.flux.yaml',
  directory: 'dev',
  paths: ['dev'],
  patchPath: 'dev/flux-patch.yaml',
  config: {
    kind: 'patchUpdated',
    position: AT,
    generators: [{ command: 'kustomize build .', timeoutMs: undefined, position: AT }],
    patchFile: { value: 'flux-patch.yaml', position: AT },
  },
};

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function patchFile(text: string): SourceFile {
  return { path: 'dev/flux-patch.yaml', bytes: bytesOf(text) };
}

/** The objects of a stream; throws where it cannot be read. */
export function documents(text: string): readonly GeneratedDocument[] {
  const read = readGenerated({ generation: PATCHED, outputs: [bytesOf(text)] });
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.documents;
}
