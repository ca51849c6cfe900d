/** Finds the images of a file that anybody wants to hear of: those to ask registries about, and those that stand still. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { type Triage, triageImage } from '../../core/images/automation.ts';
import type { Bump } from '../../core/images/bump.ts';
import type { ImagePolicies } from '../../core/images/flux-v2/image-policies.ts';
import { markFile } from '../../core/images/flux-v2/mark-file.ts';
import { mentionsMarkers } from '../../core/images/flux-v2/read-markers.ts';
import { strayHolds } from '../../core/images/holds/stray-holds.ts';
import { compileRules, type ImageRule } from '../../core/images/image-rule.ts';
import type { FieldRule } from '../../core/images/locate/field-rule.ts';
import type { ImageFile } from '../../core/images/locate/image-file.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import { locateImages } from '../../core/images/locate/locate-images.ts';
import { locateKustomizationImages } from '../../core/images/locate/locate-kustomization.ts';
import { locateValuesImages } from '../../core/images/locate/locate-values.ts';
import type { LocatedImages } from '../../core/images/locate/located-images.ts';
import { mentionsAutomation, parseManifests } from '../../core/manifests/parse.ts';
import type { SourceFile } from '../../core/manifests/source-file.ts';
import type { Ask } from './ask-registries.ts';
import type { PoliciesFor } from './image-policies.ts';

/** What the configuration says about images. */
export interface ImageSettings {
  readonly rules: readonly ImageRule[];
  readonly fields: readonly FieldRule[];
}

export interface FoundImages {
  readonly file: SourceFile;
  /** Every image with something to report, in document order: settled already, or to be asked for. */
  readonly entries: readonly (Bump | Ask)[];
  readonly problems: readonly Problem[];
}

/** One file, for each kind of images that are looked for in it. */
export type SearchedFile = readonly [ImageFile, ...ImageFile[]];

export type LocateImages = (searched: SearchedFile) => LocatedImages;

export interface ImageSearch {
  /** All images of a file, with what its markers say. */
  readonly locate: LocateImages;
  /** Those that anybody wants to hear of. */
  readonly find: (searched: SearchedFile) => FoundImages;
}

/** A search with the rules compiled once; `nowMs` tells which holds are over. */
export function imageFinder(
  { rules, fields }: ImageSettings,
  { policiesFor, nowMs }: { readonly policiesFor: PoliciesFor; readonly nowMs: number },
): ImageSearch {
  const findRule = compileRules(rules);
  // A rule with a policy may speak of images in any file; otherwise only annotations and markers can.
  const everywhere = rules.some((rule) => rule.policy !== undefined);
  const locate: LocateImages = (searched) => {
    const [{ file }] = searched;
    const policies = mentionsMarkers(file.bytes) ? policiesFor(file.path) : undefined;
    if (policies !== undefined) return locateMarked(searched, { fields, policies });
    return joined(searched.map((given) => locateAll(given, fields)));
  };
  const speaks = ({ bytes, path }: SourceFile) =>
    everywhere || mentionsAutomation(bytes) || (mentionsMarkers(bytes) && policiesFor(path) !== undefined);
  return {
    locate,
    find(searched) {
      const [{ file }] = searched;
      const located = speaks(file) ? locate(searched) : joined(searched.map(unread));
      return triageAll(file, located, (use) => triageImage(use, findRule(use), nowMs));
    },
  };
}

export interface MarkedSearch {
  readonly fields: readonly FieldRule[];
  readonly policies: Pick<ImagePolicies, 'find' | 'names'>;
}

/** All images of a file with markers: marked ones are what their markers say, whatever else they look like. */
export function locateMarked(searched: SearchedFile, { fields, policies }: MarkedSearch): LocatedImages {
  const [{ file }] = searched;
  const located = joined(searched.map((given) => locateAll(given, fields)));
  const subject = `${HOLDER[searched.at(-1)?.kind ?? 'objects']}/${printable(file.path)}`;
  return markFile({ file, subject, located, policies });
}

/** What a file is called whose images stand in no object. */
const HOLDER = { objects: 'File', kustomization: 'Kustomization', values: 'Values' } as const;

function joined(located: readonly LocatedImages[]): LocatedImages {
  return {
    uses: located.flatMap(({ uses }) => uses),
    // What is wrong with a file as a whole is found each time that it is read.
    problems: distinctProblems(located.flatMap(({ problems }) => problems)),
  };
}

/** Each problem once. */
export function distinctProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

export function isAsk(entry: Bump | Ask): entry is Ask {
  return 'policy' in entry;
}

/** All images of a file, whether anything is said about them or not. */
export function locateAll({ file, kind }: ImageFile, fields: readonly FieldRule[]): LocatedImages {
  if (kind === 'kustomization') return locateKustomizationImages(file);
  if (kind === 'values') return locateValuesImages(file);
  const parsed = parseManifests(file);
  const located = parsed.documents.map((document) => locateImages(document, fields));
  return {
    uses: located.flatMap(({ uses }) => uses),
    problems: [...parsed.problems, ...located.flatMap(({ problems }) => problems)],
  };
}

/** Objects without a word on automation are read all the same: what is wrong with them is to be known. */
function unread({ file, kind }: ImageFile): LocatedImages {
  return { uses: [], problems: kind === 'objects' ? parseManifests(file).problems : [] };
}

function triageAll(file: SourceFile, located: LocatedImages, triageOf: (use: ImageUse) => Triage | null): FoundImages {
  const entries: (Bump | Ask)[] = [];
  const problems: Problem[] = [...located.problems];
  const containers = containersBySubject(located.uses);
  for (const use of located.uses) {
    const triage = triageOf(use);
    if (triage === null) continue;
    problems.push(...triage.problems);
    const named = containers.get(use.subject);
    if (named !== undefined) problems.push(...strayHolds(use, named));
    // Once for each workload is enough.
    containers.delete(use.subject);
    if (triage.kind === 'ask') entries.push({ use, policy: triage.policy, exclude: triage.exclude, rule: triage.rule });
    else entries.push({ use, row: triage.row, edits: [], change: undefined, warnings: [] });
  }
  return { file, entries, problems };
}

function containersBySubject(uses: readonly ImageUse[]): Map<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { subject, container } of uses) {
    const containers = found.get(subject) ?? new Set();
    found.set(subject, containers.add(container));
  }
  return found;
}
