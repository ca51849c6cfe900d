/** Puts images on hold that automation is about to move although somebody has set them back. */
import { type Problem, toProblem } from '../../base/errors.ts';
import { type Bump, still } from '../../core/images/bump.ts';
import {
  findHeldRelease,
  findSetBack,
  heldReleaseWords,
  type PastImage,
  setBackWords,
} from '../../core/images/holds/hold-history.ts';
import { orderOf } from '../../core/images/holds/hold-order.ts';
import { holdSentence, parseHold } from '../../core/images/holds/hold-text.ts';
import { idOf } from '../../core/images/holds/hold-trailers.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import type { SourceFile } from '../../core/manifests/source-file.ts';
import type { PastCommit } from '../adapters/repository.ts';
import { type Answer, type Ask, repositoryKey } from './ask-registries.ts';
import { type ChooseDeps, selectionInput } from './choose-tag.ts';
import { type FoundImages, isAsk, type LocateImages, type SearchedFile } from './find-images.ts';
import type { LookBack } from './hold-look-back.ts';

/** A file with what was chosen for each of its entries. */
export interface ChosenFile {
  readonly searched: SearchedFile;
  readonly found: FoundImages;
  readonly bumps: readonly Bump[];
}

export interface HoldInput {
  /** Undefined where there is no past to look at. */
  readonly lookBack: LookBack | undefined;
  readonly locate: LocateImages;
  readonly answers: ReadonlyMap<string, Answer>;
}

/**
 * The files with those bumps replaced. Nobody looks back where nothing is to move. Where the history cannot be read
 * nothing moves: it could be what somebody has undone.
 */
export async function holdSetBacks(
  files: readonly ChosenFile[],
  input: HoldInput,
  deps: ChooseDeps,
): Promise<{ readonly files: readonly ChosenFile[]; readonly problems: readonly Problem[] }> {
  const { lookBack } = input;
  const paths = files
    .filter(({ bumps }) => bumps.some(mayBeSetBack))
    .flatMap(({ found }) => pastPath(found, input) ?? []);
  if (lookBack === undefined || paths.length === 0) return { files, problems: [] };
  try {
    const commits = await lookBack.history([...new Set(paths)]);
    return { files: files.map((file) => withHolds(file, { ...input, commits }, deps)), problems: [] };
  } catch (error) {
    deps.signal.throwIfAborted();
    const problem = toProblem(error);
    const reason = `nobody can tell whether it was set back: ${problem.message}`;
    const stay = (bump: Bump) => (mayBeSetBack(bump) ? still(bump.use, 'failed', reason) : bump);
    return { files: files.map((file) => ({ ...file, bumps: file.bumps.map(stay) })), problems: [problem] };
  }
}

/** An annotation `false` says that automation may move the image, whatever happened to it. */
function mayBeSetBack({ use, choice, edits }: Bump): boolean {
  if (edits.length === 0 || choice?.selection.kind !== 'update') return false;
  const written = use.policies.holds.get(use.container)?.value;
  return written === undefined || parseHold(written) !== undefined;
}

function pastPath({ file }: FoundImages, { lookBack }: HoldInput): string | undefined {
  return lookBack?.fileOf(file.path);
}

type Past = HoldInput & { readonly commits: readonly PastCommit[] };

function withHolds(file: ChosenFile, past: Past, deps: ChooseDeps): ChosenFile {
  const { found, searched, bumps } = file;
  const path = pastPath(found, past);
  if (path === undefined || !bumps.some(mayBeSetBack)) return file;
  const pastOf = (bytes: Uint8Array | null) => past.lookBack?.pastOf(found.file.path, bytes);
  const versions = past.commits.map((commit) => pastVersion(commit, { path, pastOf, searched, locate: past.locate }));
  const isFollowed = past.lookBack?.isFollowed(found.file.path) ?? true;
  const before = new Map<string, number>();
  const held = bumps.map((bump, index) => {
    const place = placeOf(bump.use);
    const nth = before.get(place) ?? 0;
    before.set(place, nth + 1);
    const entry = found.entries[index];
    if (entry === undefined || !isAsk(entry) || !mayBeSetBack(bump)) return bump;
    return holdIfSetBack(bump, { ask: entry, nth, versions, isFollowed, answers: past.answers }, deps);
  });
  return { ...file, bumps: held };
}

interface PastVersion {
  readonly commit: PastCommit;
  /** The images of the file as the commit left it, read when they are asked for. */
  readonly uses: () => UsesByPlace | 'unchanged';
}

type UsesByPlace = ReadonlyMap<string, readonly ImageUse[]>;

interface PastPlace {
  /** The file that tells of it. */
  readonly path: string;
  readonly pastOf: (bytes: Uint8Array | null) => SourceFile | undefined;
  readonly searched: SearchedFile;
  readonly locate: LocateImages;
}

function pastVersion(commit: PastCommit, { path, pastOf, searched, locate }: PastPlace): PastVersion {
  let known: UsesByPlace | 'unchanged' | undefined;
  const read = (): UsesByPlace | 'unchanged' => {
    const bytes = commit.files.get(path);
    if (bytes === undefined) return 'unchanged';
    const file = pastOf(bytes);
    if (file === undefined) return new Map();
    const [first, ...others] = searched.map(({ kind }) => ({ kind, file }));
    return first === undefined ? new Map() : Map.groupBy(locate([first, ...others]).uses, placeOf);
  };
  return {
    commit,
    uses: () => {
      known ??= read();
      return known;
    },
  };
}

interface Held {
  readonly ask: Ask;
  /** Among the images of the file with the same subject and container. */
  readonly nth: number;
  readonly versions: readonly PastVersion[];
  readonly isFollowed: boolean;
  readonly answers: ReadonlyMap<string, Answer>;
}

function holdIfSetBack(bump: Bump, { ask, nth, versions, answers, isFollowed }: Held, deps: ChooseDeps): Bump {
  const { use } = bump;
  if (!isFollowed) return holdIfReleased(bump, versions);
  const answer = answers.get(repositoryKey(use));
  if (!answer?.listing) return bump;
  const input = selectionInput(ask, { listing: answer.listing, remembered: answer.remembered }, deps);
  const setBack = findSetBack({
    current: use,
    id: idOf(use),
    past: pastImages(versions, { use, nth }),
    orderOf: (tag) => orderOf(tag, input),
  });
  if (setBack === undefined) return bump;
  const text = setBackWords(setBack);
  const reason = holdSentence({ until: undefined, reason: text });
  return { ...still(use, 'skipped', reason, bump.warnings), hold: { text } };
}

/** Its annotation is not written: only the commands know where it would stand. */
function holdIfReleased(bump: Bump, versions: readonly PastVersion[]): Bump {
  const { use } = bump;
  const by = findHeldRelease(
    { current: use, id: idOf(use) },
    versions.map(({ commit }) => commit),
  );
  if (by === undefined) return bump;
  const reason = holdSentence({ until: undefined, reason: heldReleaseWords(use, by) });
  return still(use, 'skipped', reason, bump.warnings);
}

function* pastImages(
  versions: readonly PastVersion[],
  { use, nth }: { readonly use: ImageUse; readonly nth: number },
): Generator<PastImage> {
  for (const { commit, uses } of versions) {
    const found = uses();
    const image = found === 'unchanged' ? found : found.get(placeOf(use))?.[nth];
    yield { ...commit, image };
  }
}

/** What tells images of a file apart, but for those of the same container. */
function placeOf({ subject, container }: ImageUse): string {
  return `${subject}\0${container}`;
}
