/** Plans the image bumps of environments: which tags, and which bytes of which files. Reads registries, writes nothing. */
import { mapConcurrent } from '../base/concurrency.ts';
import type { Problem } from '../base/errors.ts';
import { triageImage } from '../core/images/automation.ts';
import { type Bump, still } from '../core/images/bump.ts';
import { compileRules, type FindRule, type ImageRule } from '../core/images/image-rule.ts';
import { locateImages } from '../core/images/locate-images.ts';
import { applyEdits } from '../core/manifests/edit.ts';
import { mentionsAutomation, parseManifests } from '../core/manifests/parse.ts';
import type { FileChange, SourceFile } from '../core/manifests/source-file.ts';
import { type Answer, type Ask, askRegistries, repositoryKey } from './ask-registries.ts';
import { type ChooseDeps, chooseTag } from './choose-tag.ts';

export interface ImagePlan {
  /** One for each image that says anything about automation, by file path in the order of the files. */
  readonly bumps: ReadonlyMap<string, readonly Bump[]>;
  readonly changes: readonly FileChange[];
  readonly problems: readonly Problem[];
}

/** What a plan is made of: each path once, and the configuration's rules. */
export interface ImagePlanInput {
  readonly files: readonly SourceFile[];
  readonly rules: readonly ImageRule[];
}

/** The plan for `files`. A registry without a usable answer means no change for its images. */
export async function planImages({ files, rules }: ImagePlanInput, deps: ChooseDeps): Promise<ImagePlan> {
  const finder = { findRule: compileRules(rules), everywhere: rules.some((rule) => rule.policy !== undefined) };
  const found = files.map((file) => findImages(file, finder));
  const asks = found.flatMap((entry) => entry.asks);
  const answers = await askRegistries(asks, deps.registries, deps.signal);
  const planned = await mapConcurrent(found, 16, (entry) => planFile(entry, answers, deps));
  return {
    bumps: new Map(planned.map((entry) => [entry.path, entry.bumps])),
    changes: planned.flatMap((entry) => (entry.change === undefined ? [] : [entry.change])),
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

interface Finder {
  readonly findRule: FindRule;
  /** A rule with a policy may speak of images in any file; otherwise only annotations can. */
  readonly everywhere: boolean;
}

function findImages(file: SourceFile, { findRule, everywhere }: Finder): FileImages {
  const parsed = parseManifests(file);
  const entries: (Bump | Ask)[] = [];
  const problems: Problem[] = [...parsed.problems];
  if (everywhere || mentionsAutomation(file.bytes)) {
    for (const document of parsed.documents) {
      const located = locateImages(document);
      problems.push(...located.problems);
      for (const use of located.uses) {
        const triage = triageImage(use, findRule(use));
        if (triage === null) continue;
        problems.push(...triage.problems);
        if (triage.kind === 'ask') entries.push({ use, policy: triage.policy, rule: triage.rule });
        else entries.push({ use, row: triage.row, edits: [], change: undefined, warnings: [] });
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
  readonly bumps: readonly Bump[];
  readonly change: FileChange | undefined;
  readonly problems: readonly Problem[];
}

type Answers = ReadonlyMap<string, Answer>;

async function planFile(found: FileImages, answers: Answers, deps: ChooseDeps): Promise<PlannedFile> {
  const bumps = await Promise.all(
    found.entries.map((entry) =>
      isAsk(entry) ? chooseTag(entry, answers.get(repositoryKey(entry.use)), deps) : entry,
    ),
  );
  const problems = [...found.problems, ...bumps.flatMap(warningsOf)];
  const edits = bumps.flatMap((bump) => bump.edits);
  const path = found.file.path;
  if (edits.length === 0) return { path, bumps, change: undefined, problems };
  const edited = applyEdits(found.file, edits);
  if (edited.kind === 'edited') {
    const change = { path, bytes: edited.bytes };
    return { path, bumps, change, problems: [...problems, ...edited.warnings] };
  }
  const { problem } = edited;
  const refused = bumps.map((bump) => (bump.edits.length === 0 ? bump : still(bump.use, 'failed', problem.message)));
  return { path, bumps: refused, change: undefined, problems: [...problems, problem] };
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
