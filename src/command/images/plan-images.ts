/** Plans the image bumps of environments: which tags, and which bytes of which files. Reads registries, writes nothing. */
import { mapConcurrent } from '../../base/concurrency.ts';
import type { Problem } from '../../base/errors.ts';
import type { Bump } from '../../core/images/bump.ts';
import { endHold } from '../../core/images/holds/hold-edits.ts';
import type { ImageFile } from '../../core/images/locate/image-file.ts';
import type { FileChange } from '../../core/manifests/source-file.ts';
import { type Answer, askRegistries, registryProblems, repositoryKey } from './ask-registries.ts';
import { type ChooseDeps, chooseTag } from './choose-tag.ts';
import { type EditedImages, editImages } from './edit-images.ts';
import { distinctProblems, type ImageSettings, imageFinder, isAsk } from './find-images.ts';
import type { LookBack } from './hold-look-back.ts';
import { type ChosenFile, holdSetBacks } from './hold-set-backs.ts';
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
  /** Where it can be seen what people have set back; undefined: nowhere. */
  readonly lookBack?: LookBack;
}

/** The plan for `files`. A registry without a usable answer means no change for its images. */
export async function planImages(input: ImagePlanInput, deps: ChooseDeps): Promise<ImagePlan> {
  const { files, policies = NO_POLICIES, lookBack } = input;
  const search = imageFinder(input, { policiesFor: policies.policiesFor, nowMs: deps.clock.now() });
  const searched = [...Map.groupBy(files, ({ file }) => file.path).values()] as [ImageFile, ...ImageFile[]][];
  const found = searched.map((group) => ({ searched: group, found: search.find(group) }));
  const asks = found.flatMap((entry) => entry.found.entries.filter(isAsk));
  const answers = await askRegistries(asks, deps.registries, deps.signal);
  const chosen = await mapConcurrent(found, 16, (entry) => chooseAll(entry, answers, deps));
  const held = await holdSetBacks(chosen, { lookBack, locate: search.locate, answers }, deps);
  const planned = held.files.map(planFile);
  return {
    bumps: new Map(planned.map((entry) => [entry.path, entry.bumps])),
    changes: planned.flatMap((entry) => (entry.change === undefined ? [] : [entry.change])),
    problems: distinctProblems([
      ...policies.problems,
      ...planned.flatMap((entry) => entry.problems),
      ...held.problems,
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

async function chooseAll(
  { searched, found }: Omit<ChosenFile, 'bumps'>,
  answers: Answers,
  deps: ChooseDeps,
): Promise<ChosenFile> {
  const bumps = found.entries.map((entry) =>
    isAsk(entry) ? chooseTag(entry, answers.get(repositoryKey(entry.use)), deps) : entry,
  );
  return { searched, found, bumps: (await Promise.all(bumps)).map(endHold) };
}

function planFile({ found, bumps }: ChosenFile): PlannedFile {
  const edited = editImages(found.file, { bumps });
  return { ...edited, path: found.file.path, problems: [...found.problems, ...edited.problems] };
}
