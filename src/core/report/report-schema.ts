/** The JSON Schema of a report. Its keys are checked against the types: one that is missing or misspelt does not compile. */
import type { Position, Problem } from '../../base/errors.ts';
import type {
  ClusterReport,
  CommitRow,
  EnvironmentReport,
  ImageRow,
  ObjectRow,
  PassedOver,
  PolicyRow,
  Report,
  RequestCount,
  SourceRow,
} from './report.ts';

type Schema = Readonly<Record<string, unknown>>;

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

const TEXT: Schema = { type: 'string' };
const NAME: Schema = { type: 'string', minLength: 1 };
const COMMIT: Schema = { type: 'string', pattern: '^[0-9A-Fa-f]{7,64}$' };
const COUNT: Schema = { type: 'integer', minimum: 0 };

/** Draft 2020-12. Committed as schema/report.schema.json. */
export function reportSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'report.schema.json',
    title: 'Report of a Towpath run',
    ...closed<Report>(
      {
        command: { ...NAME, description: 'The command: run, scan, sync, release and so on.' },
        requestedBy: { ...TEXT, description: 'The person who asked, for what is done by hand.' },
        outcome: {
          enum: ['unchanged', 'changed', 'failed'],
          description: 'What came of it; failed wins over changed.',
        },
        durationMs: { type: 'number', minimum: 0, description: 'How long it took, in milliseconds.' },
        dryRun: { type: 'boolean', description: 'True for --dry-run and --check: rows say what would happen.' },
        environments: { type: 'array', items: ref('environment') },
        registries: {
          type: 'object',
          additionalProperties: ref('requestCount'),
          description: "By the registry's name in image references.",
        },
        github: ref('requestCount'),
        problems: { type: 'array', items: ref('problem') },
      },
      ['requestedBy'],
    ),
    $defs: {
      environment: closed<EnvironmentReport>({
        name: NAME,
        images: { type: 'array', items: ref('image') },
        commits: { type: 'array', items: ref('commit') },
        clusters: { type: 'array', items: ref('cluster') },
      }),
      ...imageDefinitions(),
      commit: closed<CommitRow>({
        sha: {
          type: 'string',
          pattern: '^(?:[0-9a-f]{40}|[0-9a-f]{64})?$',
          description: 'Empty for a commit that was only planned.',
        },
        branch: NAME,
        message: { ...TEXT, description: 'The whole message.' },
      }),
      cluster: closed<ClusterReport>({
        name: { ...NAME, description: 'The kubeconfig context.' },
        objects: { type: 'array', items: ref('object') },
        requests: { ...COUNT, description: 'Every HTTP request sent to the API server, retries included.' },
      }),
      object: closed<ObjectRow>({
        subject: { ...NAME, description: 'Kind/namespace/name, or Kind/name without a namespace.' },
        action: { enum: ['created', 'configured', 'unchanged', 'deleted', 'skipped', 'failed'] },
        reason: { ...TEXT, description: 'Empty where the action says it all.' },
      }),
      requestCount: closed<RequestCount>({
        requests: { ...COUNT, description: 'Every HTTP request sent to it, retries included.' },
      }),
      problem: closed<Problem>(
        {
          severity: { enum: ['error', 'warning'] },
          code: { ...NAME, description: 'For programs; the message is for people.' },
          message: NAME,
          position: ref('position'),
          subject: TEXT,
          hint: TEXT,
        },
        ['position', 'subject', 'hint'],
      ),
      position: closed<Position>({
        file: NAME,
        line: { type: 'integer', minimum: 1 },
        col: { type: 'integer', minimum: 1 },
      }),
    },
  };
}

/** The row of an image, and what stands in it. */
function imageDefinitions(): Readonly<Record<string, Schema>> {
  return {
    image: imageRow(),
    policy: closed<PolicyRow>(
      {
        text: { ...TEXT, description: 'As it was written.' },
        from: { enum: ['annotation', 'marker', 'rule', 'default'], description: 'What it was written in.' },
        name: { ...NAME, description: 'The ImagePolicy of a marker, namespace/name.' },
        position: ref('position'),
      },
      ['name', 'position'],
    ),
    passedOver: closed<PassedOver>({
      tags: {
        type: 'array',
        minItems: 1,
        items: closed<PassedOver['tags'][number]>({ tag: NAME, reason: NAME }),
        description: 'The first few, highest first.',
      },
      more: { ...COUNT, description: 'How many more there are.' },
    }),
    source: closed<SourceRow>(
      {
        link: {
          type: 'string',
          pattern: '^https://',
          description: 'The comparison of both commits, or the new commit where the old one is not known.',
        },
        revision: { ...COMMIT, description: 'Commit of the new image.' },
        previous: { ...COMMIT, description: 'Commit of the old image.' },
      },
      ['previous'],
    ),
  };
}

function imageRow(): Schema {
  return {
    ...closed<ImageRow>(
      {
        subject: { ...NAME, description: 'Kind/namespace/name, or Kind/name where the manifest names no namespace.' },
        container: NAME,
        image: { ...NAME, description: 'The name as written, without tag and digest.' },
        from: { ...TEXT, description: 'The tag, or tag@sha256:… where the manifest has a digest.' },
        to: { ...TEXT, description: 'Equal to from where nothing changes.' },
        action: { enum: ['updated', 'unchanged', 'skipped', 'failed'] },
        reason: { ...TEXT, description: 'Why, in one clause; of updated, what the new tag is.' },
        policy: ref('policy'),
        rejected: { ...ref('passedOver'), description: 'Tags above the one that the image is left with.' },
        source: { ...ref('source'), description: 'Where the new image was built from, by its labels.' },
        hold: { const: 'new', description: 'The commit of this run puts the image on hold.' },
      },
      ['policy', 'rejected', 'source', 'hold'],
    ),
    if: { properties: { action: { const: 'updated' } } },
    else: { properties: { reason: NAME } },
  };
}

function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

/** An object with exactly these keys. */
function closed<T>(properties: Readonly<Record<keyof T, Schema>>, optional: readonly OptionalKeys<T>[] = []): Schema {
  const keys: readonly string[] = Object.keys(properties);
  const free: readonly PropertyKey[] = optional;
  return {
    type: 'object',
    properties,
    required: keys.filter((key) => !free.includes(key)),
    additionalProperties: false,
  };
}
