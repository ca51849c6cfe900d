/** Reads manifests, indexes and image configs; everything in them is untrusted. */
import { isDigest } from './digest.ts';
import { isFields, parseObject, textOf } from './json.ts';
import { platformOf } from './platform.ts';

// https://github.com/opencontainers/image-spec/blob/main/media-types.md and
// https://distribution.github.io/distribution/spec/manifest-v2-2/
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';

/** Every kind of manifest that is understood; asking for fewer makes registries answer 404 or convert. */
export const MANIFEST_ACCEPT = [OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST].join(', ');

const IMAGE_CONFIGS: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

export type Manifest =
  | { readonly kind: 'index'; readonly children: readonly Child[]; readonly annotations: Labels }
  /** `config` is undefined for artifacts whose config is not an image's. */
  | { readonly kind: 'image'; readonly config: string | undefined; readonly annotations: Labels };

export interface Child {
  readonly digest: string;
  readonly platform: string;
}

export interface ImageConfig {
  readonly created: unknown;
  readonly platform: string | undefined;
  readonly labels: Labels;
}

export type Labels = Readonly<Record<string, string>>;

const MAX_CHILDREN = 200;

/** The manifest in `content`, or undefined for anything else. An index may lack its mediaType: then its shape tells. */
export function parseManifest(content: Buffer): Manifest | undefined {
  const root = parseObject(content);
  if (root === undefined) return undefined;
  const annotations = labelsOf(root['annotations']);
  if (Array.isArray(root['manifests'])) {
    const children = root['manifests'].slice(0, MAX_CHILDREN).flatMap(childOf);
    return { kind: 'index', children, annotations };
  }
  const config = root['config'];
  if (!isFields(config) || !isDigest(config['digest'])) return undefined;
  const isImage = typeof config['mediaType'] === 'string' && IMAGE_CONFIGS.has(config['mediaType']);
  return { kind: 'image', config: isImage ? config['digest'] : undefined, annotations };
}

export function parseImageConfig(content: Buffer): ImageConfig | undefined {
  const root = parseObject(content);
  if (root === undefined) return undefined;
  const inner = isFields(root['config']) ? root['config'] : {};
  return { created: root['created'], platform: platformOf(root), labels: labelsOf(inner['Labels']) };
}

/**
 * Milliseconds since the epoch of an RFC 3339 time; undefined where it cannot be read, and for year 1 and before, which build tools write
 * when they mean "no time".
 */
export function parseCreated(text: unknown): number | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined;
  if (!/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const ms = Date.parse(text.toUpperCase());
  // A zone can move year 1 by a day in either direction.
  if (Number.isNaN(ms) || ms < Date.UTC(100, 0, 1)) return undefined;
  return ms;
}

function childOf(entry: unknown): readonly Child[] {
  if (!isFields(entry) || !isDigest(entry['digest']) || !isFields(entry['platform'])) return [];
  // Build attestations stand in an index as images for no platform.
  const platform = platformOf(entry['platform']);
  return platform === undefined ? [] : [{ digest: entry['digest'], platform }];
}

const LABELS_THAT_MATTER = [
  'org.opencontainers.image.source',
  'org.opencontainers.image.revision',
  'org.opencontainers.image.created',
];
const MAX_LABEL = 2048;

function labelsOf(value: unknown): Labels {
  if (!isFields(value)) return {};
  const labels: Record<string, string> = {};
  for (const name of LABELS_THAT_MATTER) {
    const text = textOf(value, name);
    if (text !== undefined && text.length <= MAX_LABEL) labels[name] = text;
  }
  return labels;
}
