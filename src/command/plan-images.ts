/** Plans the image bumps of environments: which tags, and which bytes of which files. Reads registries, writes nothing. */
import { mapConcurrent } from '../base/concurrency.ts';
import type { Problem } from '../base/errors.ts';
import { triageImage } from '../core/images/automation.ts';
import { type Bump, still, toBump } from '../core/images/bump.ts';
import type { ImageUse } from '../core/images/image-use.ts';
import { locateImages } from '../core/images/locate-images.ts';
import { repositoryOf } from '../core/images/reference.ts';
import { selectTag } from '../core/images/select.ts';
import type { Gates, Selection } from '../core/images/selection.ts';
import { applyEdits } from '../core/manifests/edit.ts';
import { mentionsAutomation, parseManifests } from '../core/manifests/parse.ts';
import type { FileChange, SourceFile } from '../core/manifests/source-file.ts';
import type { ImageRow } from '../core/report/report.ts';
import { type Answer, type Ask, askRegistries, repositoryKey } from './ask-registries.ts';
import type { Deps } from './deps.ts';

export interface ImagePlan {
  /** One row for each image that says anything about automation, by file path in the order of the files. */
  readonly rows: ReadonlyMap<string, readonly ImageRow[]>;
  readonly changes: readonly FileChange[];
  /** New references (`name:tag`) for the commit message. */
  readonly images: readonly string[];
  readonly problems: readonly Problem[];
}

const NO_GATES: Gates = { minAgeMs: undefined, platforms: [], deny: [] };

/** The plan for `files`, each path once. A registry without a usable answer means no change for its images. */
export async function planImages(
  files: readonly SourceFile[],
  deps: Pick<Deps, 'registries' | 'clock' | 'signal'>,
): Promise<ImagePlan> {
  const found = files.map(findImages);
  const asks = found.flatMap((entry) => entry.asks);
  const answers = await askRegistries(asks, deps.registries, deps.signal);
  const planned = await mapConcurrent(found, 16, (entry) => planFile(entry, answers, deps));
  return {
    rows: new Map(planned.map((entry) => [entry.path, entry.rows])),
    changes: planned.flatMap((entry) => (entry.change === undefined ? [] : [entry.change])),
    images: planned.flatMap((entry) => entry.images),
    problems: [...planned.flatMap((entry) => entry.problems), ...registryProblems(answers)],
  };
}

interface FileImages {
  readonly file: SourceFile;
  /** Every image with something to report, in document order: settled already, or to be asked for. */
  readonly entries: readonly (Bump | Ask)[];
  readonly asks: readonly Ask[];
  readonly problems: readonly Problem[];
}

function findImages(file: SourceFile): FileImages {
  const parsed = parseManifests(file);
  const entries: (Bump | Ask)[] = [];
  const problems: Problem[] = [...parsed.problems];
  if (mentionsAutomation(file.bytes)) {
    for (const document of parsed.documents) {
      const located = locateImages(document);
      problems.push(...located.problems);
      for (const use of located.uses) {
        const triage = triageImage(use);
        if (triage === null) continue;
        problems.push(...triage.problems);
        if (triage.kind === 'ask') entries.push({ use, policy: triage.policy });
        else entries.push({ use, row: triage.row, edits: [], image: undefined, warnings: [] });
      }
    }
  }
  return { file, entries, asks: entries.filter(isAsk), problems };
}

function isAsk(entry: Bump | Ask): entry is Ask {
  return 'policy' in entry;
}

interface PlannedFile {
  readonly path: string;
  readonly rows: readonly ImageRow[];
  readonly change: FileChange | undefined;
  readonly images: readonly string[];
  readonly problems: readonly Problem[];
}

type Answers = ReadonlyMap<string, Answer>;

async function planFile(
  found: FileImages,
  answers: Answers,
  deps: Pick<Deps, 'registries' | 'clock' | 'signal'>,
): Promise<PlannedFile> {
  const bumps = await Promise.all(
    found.entries.map((entry) => (isAsk(entry) ? decide(entry, answers.get(repositoryKey(entry.use)), deps) : entry)),
  );
  const problems = [...found.problems, ...bumps.flatMap(warningsOf)];
  const edits = bumps.flatMap((bump) => bump.edits);
  const path = found.file.path;
  if (edits.length === 0) return { path, rows: bumps.map((bump) => bump.row), change: undefined, images: [], problems };
  const edited = applyEdits(found.file, edits);
  if (edited.kind === 'refused') {
    const refused = bumps.map((bump) =>
      bump.edits.length === 0 ? bump : still(bump.use, 'failed', edited.problem.message),
    );
    return {
      path,
      rows: refused.map((bump) => bump.row),
      change: undefined,
      images: [],
      problems: [...problems, edited.problem],
    };
  }
  return {
    path,
    rows: bumps.map((bump) => bump.row),
    change: { path, bytes: edited.bytes },
    images: bumps.flatMap((bump) => (bump.image === undefined ? [] : [bump.image])),
    problems: [...problems, ...edited.warnings],
  };
}

async function decide(
  ask: Ask,
  answer: Answer | undefined,
  deps: Pick<Deps, 'registries' | 'clock' | 'signal'>,
): Promise<Bump> {
  const { use, policy } = ask;
  if (answer === undefined || answer.listing === null) {
    return still(use, 'failed', answer?.problem?.message ?? 'the registry gave no answer');
  }
  const selection = selectTag({
    policy,
    current: { tag: use.tag, digest: use.digest },
    listing: answer.listing,
    remembered: use.tag === undefined ? undefined : answer.remembered.get(use.tag),
    gates: NO_GATES,
    nowMs: deps.clock.now(),
  });
  return toBump(use, selection, await digestToPin(use, selection, deps));
}

/** The digest of the selected tag where the manifest pins one; null where it needs none or the registry cannot tell. */
async function digestToPin(
  use: ImageUse,
  selection: Selection,
  deps: Pick<Deps, 'registries' | 'signal'>,
): Promise<string | null> {
  if (selection.kind !== 'update' || use.digest === undefined) return null;
  if (selection.to.digest !== undefined) return selection.to.digest;
  try {
    return await deps.registries.digest(repositoryOf(use.name), selection.to.tag, deps.signal);
  } catch {
    // The row says that the digest could not be had; the registry's own words are in the listing's problem, if any.
    deps.signal.throwIfAborted();
    return null;
  }
}

function warningsOf(bump: Bump): Problem[] {
  return bump.warnings.map((warning) => ({
    severity: 'warning',
    code: 'IMAGE_WARNING',
    message: `${bump.use.container} ${bump.use.name}: ${warning}`,
    subject: bump.use.subject,
  }));
}

function registryProblems(answers: Answers): Problem[] {
  const problems: Problem[] = [];
  for (const [repository, answer] of answers) {
    if (answer.problem !== undefined) problems.push(answer.problem);
    if (answer.listing?.warning === undefined) continue;
    problems.push({
      severity: 'warning',
      code: 'REGISTRY_LISTING',
      message: answer.listing.warning,
      subject: repository,
    });
  }
  return problems;
}
