/** Plans the image bumps of environments: which tags, and which bytes of which files. Reads registries, writes nothing. */
import { mapConcurrent } from '../base/concurrency.ts';
import type { Problem } from '../base/errors.ts';
import type { Bump } from '../core/images/bump.ts';
import type { ImageFile } from '../core/images/image-file.ts';
import type { FileChange } from '../core/manifests/source-file.ts';
import { type Answer, askRegistries, registryProblems, repositoryKey } from './ask-registries.ts';
import { type ChooseDeps, chooseTag } from './choose-tag.ts';
import { type EditedImages, editImages } from './edit-images.ts';
import { distinctProblems, type FoundImages, type ImageSettings, imageFinder, isAsk } from './find-images.ts';
import type { LoadedPolicies } from './image-policies.ts';

export interface ImagePlan {
  /** One for each image that says anything about automation, by file path in the order of the files. */
  readonly bumps: ReadonlyMap<string, readonly Bump[]>;
  readonly changes: readonly FileChange[];
  readonly problems: readonly Problem[];
}

/** What a plan is made of: every file once for each kind of images in it, and what the configuration says of them. */
export interface ImagePlanInput extends ImageSettings {
  readonly files: readonly ImageFile[];
  /** What the markers in the files can follow. */
  readonly policies?: LoadedPolicies;
}

/** The plan for `files`. A registry without a usable answer means no change for its images. */
export async function planImages(input: ImagePlanInput, deps: ChooseDeps): Promise<ImagePlan> {
  const { files, policies = NO_POLICIES } = input;
  const find = imageFinder(input, { policiesFor: policies.policiesFor, nowMs: deps.clock.now() });
  const searched = Map.groupBy(files, ({ file }) => file.path).values();
  const found = [...searched].map(([first, ...others]) => find([first as ImageFile, ...others]));
  const asks = found.flatMap(({ entries }) => entries.filter(isAsk));
  const answers = await askRegistries(asks, deps.registries, deps.signal);
  const planned = await mapConcurrent(found, 16, (entry) => planFile(entry, answers, deps));
  return {
    bumps: new Map(planned.map((entry) => [entry.path, entry.bumps])),
    changes: planned.flatMap((entry) => (entry.change === undefined ? [] : [entry.change])),
    problems: distinctProblems([
      ...policies.problems,
      ...planned.flatMap((entry) => entry.problems),
      ...registryProblems(answers),
    ]),
  };
}

/** Without environments, no policy is known. */
const NO_POLICIES: LoadedPolicies = { policiesFor: () => ({ find: () => undefined, names: [] }), problems: [] };

interface PlannedFile extends EditedImages {
  readonly path: string;
}

type Answers = ReadonlyMap<string, Answer>;

async function planFile(found: FoundImages, answers: Answers, deps: ChooseDeps): Promise<PlannedFile> {
  const bumps = await Promise.all(
    found.entries.map((entry) =>
      isAsk(entry) ? chooseTag(entry, answers.get(repositoryKey(entry.use)), deps) : entry,
    ),
  );
  const edited = editImages(found.file, bumps);
  return { ...edited, path: found.file.path, problems: [...found.problems, ...edited.problems] };
}
