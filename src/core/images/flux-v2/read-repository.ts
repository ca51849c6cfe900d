/**
 * What an ImageRepository says.
 * Source: https://fluxcd.io/flux/components/image/imagerepositories/
 */
import { printable } from '../../../base/printable.ts';
import type { ManifestDocument } from '../../manifests/manifest-document.ts';
import { parseReference } from '../reference.ts';
import { compileExclusion } from '../select/exclusion.ts';
import { type Fault, type SpecFields, specFields } from './spec-fields.ts';
import { faultOfVariable } from './variables.ts';

export interface RepositorySpec {
  /** As written: a name without tag and digest. */
  readonly image: string;
  readonly exclude: readonly string[];
  readonly suspended: boolean;
  /** Labels that namespaces of policies must have, any of these sets of them; undefined: its own namespace only. */
  readonly admits: readonly ReadonlyMap<string, string>[] | undefined;
}

export type Read<T> =
  | { readonly ok: true; readonly spec: T; readonly warning?: string | undefined }
  | { readonly ok: false; readonly fault: Fault };

/** What Flux leaves out where the list is not given: signatures. */
const DEFAULT_EXCLUSION: readonly string[] = ['^.*\\.sig$'];

const MOST_EXCLUSIONS = 25;
const LONGEST_EXCLUSION = 1_024;

/** Credentials (`secretRef`, `provider`, …) are not looked at: Towpath has its own. */
export function readRepository(document: ManifestDocument): Read<RepositorySpec> {
  const fields = specFields(document);
  const spec: RepositorySpec = {
    image: readImage(fields),
    exclude: readExclusions(fields),
    suspended: fields.flag('suspend') ?? false,
    admits: fields.labels('accessFrom.namespaceSelectors'),
  };
  const [fault] = fields.faults();
  return fault === undefined ? { ok: true, spec } : { ok: false, fault };
}

function readImage(fields: SpecFields): string {
  const image = fields.required('image');
  if (image === '') return image;
  const variable = faultOfVariable(image);
  if (variable !== undefined) {
    fields.fault('image', { ...variable, message: `spec.image ${variable.message}` });
    return image;
  }
  const hint = 'Write the name of the image alone, such as ghcr.io/example/api.';
  if (image.includes('://')) {
    fields.fault('image', { message: `spec.image ${printable(image)} has a scheme`, hint });
    return image;
  }
  const reference = parseReference(image);
  if ('error' in reference) {
    fields.fault('image', { message: `spec.image is no image name: ${reference.error}`, hint });
  } else if (reference.tag !== undefined || reference.digest !== undefined) {
    fields.fault('image', { message: `spec.image ${printable(image)} has a tag or a digest`, hint });
  }
  return image;
}

function readExclusions(fields: SpecFields): readonly string[] {
  const patterns = fields.texts('exclusionList') ?? DEFAULT_EXCLUSION;
  const excess = patterns.length > MOST_EXCLUSIONS || patterns.some((pattern) => pattern.length > LONGEST_EXCLUSION);
  if (excess) {
    const message = `spec.exclusionList is longer than ${MOST_EXCLUSIONS} patterns of ${LONGEST_EXCLUSION} characters`;
    fields.fault('exclusionList', { message, hint: 'Join patterns with `|`.' });
    return [];
  }
  const compiled = compileExclusion(patterns);
  if (!compiled.ok)
    fields.fault('exclusionList', { message: compiled.message, hint: 'Write patterns in the syntax of RE2.' });
  return patterns;
}
