/** Updates of generated images that the repository's own commands make. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { renderVersion } from '../images/automation.ts';
import { locateImages } from '../images/locate/locate-images.ts';
import type { ManifestDocument } from '../manifests/manifest-document.ts';
import type { ImageRow } from '../report/report.ts';
import type { RepositoryCommand } from './flux-config.ts';
import type { GeneratedDocument } from './generated-document.ts';
import type { GeneratedManifests } from './generated-manifests.ts';

/** One run of the updaters: their commands in order, with the variables that say what is asked for. */
export interface Update {
  readonly commands: readonly RepositoryCommand[];
  readonly env: Readonly<Record<string, string>>;
}

export type UpdatePlan =
  | { readonly kind: 'updates'; readonly updates: readonly Update[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** The rows of each generated object, by the path of its file. */
export type RowsByPath = ReadonlyMap<string, readonly ImageRow[]>;

/** Where objects without a namespace live, for those who are told a namespace. */
const DEFAULT_NAMESPACE = 'default';

/** A run of the `containerImage` updaters for each row that is `updated`. */
export function planUpdates(manifests: GeneratedManifests, rows: RowsByPath): UpdatePlan {
  const { config, configPath } = manifests.generation;
  const commands = config.kind === 'commandUpdated' ? commandsOf(config.updaters, 'containerImage') : [];
  const updates: Update[] = [];
  for (const { document, row } of updatedRows(manifests.documents, rows)) {
    const refusal = commands.length === 0 ? 'has no updater of images' : tagOnly(row);
    if (refusal !== undefined) {
      return {
        kind: 'refused',
        problem: {
          severity: 'error',
          code: 'UPDATER_MISSING',
          message: `${configPath} ${refusal}, and ${row.subject} ${row.container} is to become ${row.to}`,
          position: config.position,
          subject: row.subject,
          hint: 'Add a step with containerImage.command below updaters, or use patchUpdated.',
        },
      };
    }
    updates.push({ commands, env: imageVariables(document.document, row) });
  }
  return { kind: 'updates', updates };
}

/** The variables that say which workload is meant, and those of one of its policies; a value of null asks to remove it. */
export function policyVariables(
  document: ManifestDocument,
  policy: { readonly name: string; readonly value: string | null },
): Readonly<Record<string, string>> {
  const value = policy.value === null ? {} : { FLUX_POLICY_VALUE: policy.value };
  return { ...workloadVariables(document), FLUX_POLICY: policy.name, ...value };
}

/** The commands of one sort that the steps have, in their order. */
export function commandsOf(
  updaters: readonly { readonly [sort in 'containerImage' | 'policy']: RepositoryCommand | undefined }[],
  sort: 'containerImage' | 'policy',
): readonly RepositoryCommand[] {
  return updaters.flatMap((step) => step[sort] ?? []);
}

/**
 * What the updates have not done: an error for each row whose image is not the new one in what the generators print
 * now. A commit of such an update would be made again in every run.
 */
export function unfinishedUpdates(
  manifests: GeneratedManifests,
  given: { readonly rows: RowsByPath; readonly after: readonly GeneratedDocument[] },
): readonly Problem[] {
  const after = Map.groupBy(given.after, ({ key }) => key);
  return updatedRows(manifests.documents, given.rows).flatMap(({ document, row }): Problem[] => {
    const uses = (after.get(document.key) ?? []).flatMap((found) => locateImages(found.document).uses);
    const use = uses.find((candidate) => candidate.container === row.container && candidate.name === row.image);
    const version = use === undefined ? undefined : renderVersion(use.tag, use.digest);
    if (version === row.to) return [];
    const now = version === undefined ? 'is not generated any more' : `is still generated with ${printable(version)}`;
    return [
      {
        severity: 'error',
        code: 'UPDATER_IDLE',
        message: `${row.subject} ${row.container} ${now} after its update to ${row.to}`,
        position: manifests.generation.config.position,
        subject: row.subject,
        hint: 'Let the updaters change what the generators read.',
      },
    ];
  });
}

/** For updaters that have changed no file at all: what they did is gone with the copy of the tree that they did it in. */
export function idleProblem({ generation }: GeneratedManifests): Problem {
  return {
    severity: 'error',
    code: 'UPDATER_IDLE',
    message: `updaters of ${printable(generation.configPath)} changed no file`,
    position: generation.config.position,
    subject: generation.configPath,
    hint: 'Let the updaters change what the generators read.',
  };
}

/** New files are no part of the commit, unlike in Flux, which took whatever lay in its clone; undefined for none. */
export function leftBehindWarning(manifests: GeneratedManifests, paths: readonly string[]): Problem | undefined {
  if (paths.length === 0) return undefined;
  const named = paths
    .slice(0, MOST_NAMED)
    .map((text) => printable(text))
    .join(', ');
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
  return {
    severity: 'warning',
    code: 'UPDATER_LEFT_FILES',
    message: `updaters of ${manifests.generation.configPath} left files that are not committed: ${named}${more}`,
    position: manifests.generation.config.position,
    subject: manifests.generation.configPath,
    hint: 'Let them change existing files, and remove what they need for themselves.',
  };
}

const MOST_NAMED = 3;

/** Source: https://github.com/fluxcd/flux/blob/master/docs/references/fluxyaml-config-files.md#execution-context-of-commands */
function imageVariables(document: ManifestDocument, row: ImageRow): Readonly<Record<string, string>> {
  return {
    ...workloadVariables(document),
    FLUX_CONTAINER: row.container,
    FLUX_IMG: row.image,
    FLUX_TAG: row.to,
  };
}

function workloadVariables({ kind, name, namespace }: ManifestDocument): Readonly<Record<string, string>> {
  const ns = namespace ?? DEFAULT_NAMESPACE;
  const lowerKind = kind.toLowerCase();
  return {
    FLUX_WORKLOAD: `${ns}:${lowerKind}/${name}`,
    FLUX_WL_NS: ns,
    FLUX_WL_KIND: lowerKind,
    FLUX_WL_NAME: name,
  };
}

interface UpdatedRow {
  readonly document: GeneratedDocument;
  readonly row: ImageRow;
}

function updatedRows(documents: readonly GeneratedDocument[], rows: RowsByPath): readonly UpdatedRow[] {
  return documents.flatMap((document) =>
    (rows.get(document.file.path) ?? []).filter((row) => row.action === 'updated').map((row) => ({ document, row })),
  );
}

function tagOnly(row: ImageRow): string | undefined {
  return row.to.startsWith('sha256:') ? 'has updaters, which take tags and no digests' : undefined;
}
