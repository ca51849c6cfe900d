/** Files and what images are looked for in them. */
import type { Problem } from '../../../base/errors.ts';
import { printable } from '../../../base/printable.ts';
import { isFile, isManifestFile, selectPaths } from '../../manifests/select-paths.ts';
import type { SourceFile, TreeEntry } from '../../manifests/source-file.ts';
import { compileGlob } from '../select/glob.ts';
import type { Placed } from './image-use.ts';

/** `objects`: images of workloads and other objects. `kustomization`: its `images`. `values`: those of a Helm values file. */
export type ImageFileKind = 'objects' | 'kustomization' | 'values';

export interface ImageFile {
  readonly file: SourceFile;
  readonly kind: ImageFileKind;
}

export interface ImagePath {
  readonly path: string;
  readonly kind: ImageFileKind;
}

export interface ImagePaths {
  readonly paths: readonly ImagePath[];
  readonly problems: readonly Problem[];
}

/** https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization */
const KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/**
 * The files with images that hold no objects: kustomizations below the environment's paths, and the Helm values files
 * that `values` names by globs over the whole tree. A glob that matches nothing is a problem at its place.
 */
export function selectImagePaths(
  entries: readonly TreeEntry[],
  given: { readonly below: readonly string[]; readonly values: readonly Placed<string>[] },
): ImagePaths {
  const kustomizations = selectPaths(entries, { below: given.below, accepts: ({ path }) => KUSTOMIZATION.test(path) });
  const problems: Problem[] = [];
  const values = new Set<string>();
  for (const { value, position } of given.values) {
    const matches = compileGlob(value);
    const found = entries.filter((entry) => isFile(entry) && isManifestFile(entry) && matches(entry.path));
    if (found.length === 0) problems.push(noValues(value, position));
    for (const { path } of found) values.add(path);
  }
  const paths: ImagePath[] = [
    ...kustomizations.paths.map((path) => ({ path, kind: 'kustomization' as const })),
    ...[...values].sort().map((path) => ({ path, kind: 'values' as const })),
  ];
  return { paths, problems };
}

function noValues(glob: string, position: Problem['position']): Problem {
  return {
    severity: 'error',
    code: 'PATH_NOT_FOUND',
    message: `no file matches ${printable(glob)}`,
    position,
    hint: 'Write the path of a values file from the root of the repository; * stands for anything.',
  };
}
