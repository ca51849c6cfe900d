/** Finds the images of a file that anybody wants to hear of: those to ask registries about, and those that stand still. */
import type { Problem } from '../base/errors.ts';
import { type Triage, triageImage } from '../core/images/automation.ts';
import type { Bump } from '../core/images/bump.ts';
import type { FieldRule } from '../core/images/field-rule.ts';
import type { ImageFile } from '../core/images/image-file.ts';
import { compileRules, type ImageRule } from '../core/images/image-rule.ts';
import type { ImageUse } from '../core/images/image-use.ts';
import { locateImages } from '../core/images/locate-images.ts';
import { locateKustomizationImages } from '../core/images/locate-kustomization.ts';
import { locateValuesImages } from '../core/images/locate-values.ts';
import type { LocatedImages } from '../core/images/located-images.ts';
import { mentionsAutomation, parseManifests } from '../core/manifests/parse.ts';
import type { SourceFile } from '../core/manifests/source-file.ts';
import type { Ask } from './ask-registries.ts';

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

export type FindImages = (file: ImageFile) => FoundImages;

/** A search with the rules compiled once; `nowMs` tells which holds are over. */
export function imageFinder({ rules, fields }: ImageSettings, nowMs: number): FindImages {
  const findRule = compileRules(rules);
  // A rule with a policy may speak of images in any file; otherwise only annotations can.
  const everywhere = rules.some((rule) => rule.policy !== undefined);
  return (given) => {
    const located = everywhere || mentionsAutomation(given.file.bytes) ? locateAll(given, fields) : unread(given);
    return triageAll(given.file, located, (use) => triageImage(use, findRule(use), nowMs));
  };
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
  for (const use of located.uses) {
    const triage = triageOf(use);
    if (triage === null) continue;
    problems.push(...triage.problems);
    if (triage.kind === 'ask') entries.push({ use, policy: triage.policy, rule: triage.rule });
    else entries.push({ use, row: triage.row, edits: [], change: undefined, warnings: [] });
  }
  return { file, entries, problems };
}
