/** The bytes of test images: configs, manifests and indexes in both formats, without any file system in them. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export type ImageFormat = 'oci' | 'docker';

export interface ImageDescription {
  readonly format: ImageFormat;
  /** ISO 8601 with offset; null leaves the field out of the config. */
  readonly created: string | null;
  /** `os/architecture` or `os/architecture/variant`. */
  readonly platforms: readonly string[];
  /** Wrap the manifests in an index (OCI) or manifest list (Docker). */
  readonly index: boolean;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Of the index where there is one, else of the manifest; OCI only. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** Leave `mediaType` out of manifests and index, which OCI allows. */
  readonly omitMediaType?: boolean | undefined;
  /** Makes the config, and so the digest, differ between images that agree in everything else. */
  readonly distinction?: string | undefined;
}

export interface Content {
  readonly bytes: Buffer;
  /** `sha256:…`. */
  readonly digest: string;
  readonly mediaType: string;
}

export interface ImageContent {
  readonly blobs: readonly Content[];
  /** In the order in which a registry takes them: what refers comes after what it refers to. The last one gets the tag. */
  readonly manifests: readonly [Content, ...Content[]];
}

/** https://github.com/opencontainers/image-spec/blob/main/media-types.md and https://distribution.github.io/distribution/spec/manifest-v2-2/ */
const MEDIA_TYPES = {
  oci: {
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    index: 'application/vnd.oci.image.index.v1+json',
  },
  docker: {
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
  },
} as const;

/** An empty tar archive: two blocks of zeros. */
const LAYER_TAR = Buffer.alloc(1024);
const LAYER = gzipSync(LAYER_TAR);

/** All bytes of the image. Throws where the description is not possible in the format. */
export function imageContent(image: ImageDescription): ImageContent {
  const { format, platforms, annotations } = image;
  if (format === 'docker' && annotations !== undefined) throw new Error('Docker manifests have no annotations');
  if (!image.index && platforms.length !== 1) throw new Error('several platforms need an index');
  const types = MEDIA_TYPES[format];
  const layer = content(LAYER, types.layer);
  const configs = platforms.map((platform) => config(image, platform));
  const manifests = configs.map((one) =>
    json(types.manifest, {
      schemaVersion: 2,
      ...(image.omitMediaType === true ? {} : { mediaType: types.manifest }),
      config: descriptor(one),
      layers: [descriptor(layer)],
      ...(image.index || annotations === undefined ? {} : { annotations }),
    }),
  );
  const blobs = [layer, ...configs];
  const [first, ...rest] = manifests;
  if (first === undefined) throw new Error('an image needs a platform');
  if (!image.index) return { blobs, manifests: [first] };
  const index = json(types.index, {
    schemaVersion: 2,
    ...(image.omitMediaType === true ? {} : { mediaType: types.index }),
    manifests: manifests.map((one, i) => ({ ...descriptor(one), platform: platformFields(platforms[i] ?? '') })),
    ...(annotations === undefined ? {} : { annotations }),
  });
  return { blobs, manifests: [first, ...rest, index] };
}

/** `sha256:` and 64 hex digits. */
function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function config({ format, created, labels, distinction }: ImageDescription, platform: string): Content {
  const time = created === null ? {} : { created };
  return json(MEDIA_TYPES[format].config, {
    ...time,
    ...platformFields(platform),
    config: labels === undefined ? {} : { Labels: labels },
    rootfs: { type: 'layers', diff_ids: [digestOf(LAYER_TAR)] },
    history: [{ ...time, created_by: distinction ?? 'towpath test image' }],
  });
}

function platformFields(platform: string): Record<string, string> {
  const [os = '', architecture = '', variant] = platform.split('/');
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

function json(mediaType: string, value: unknown): Content {
  return content(Buffer.from(JSON.stringify(value)), mediaType);
}

function content(bytes: Buffer, mediaType: string): Content {
  return { bytes, digest: digestOf(bytes), mediaType };
}

function descriptor({ bytes, digest, mediaType }: Content) {
  return { mediaType, digest, size: bytes.length };
}
