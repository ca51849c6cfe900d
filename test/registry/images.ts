/** Images made up for tests: content with its right digest. */
import { createHash } from 'node:crypto';

export interface Content {
  readonly body: string;
  readonly digest: string;
  readonly mediaType: string;
}

export interface TestImage {
  readonly manifest: Content;
  readonly config: Content;
}

const OCI = 'application/vnd.oci.image';

function content(value: unknown, mediaType: string): Content {
  const body = JSON.stringify(value);
  return { body, digest: `sha256:${createHash('sha256').update(body).digest('hex')}`, mediaType };
}

/** A single-platform image. */
export function image(
  options: {
    created?: string;
    labels?: Record<string, string>;
    platform?: string;
    annotations?: Record<string, string>;
    salt?: string;
  } = {},
): TestImage {
  const [os, architecture, variant] = (options.platform ?? 'linux/amd64').split('/');
  const config = content(
    { created: options.created, os, architecture, variant, salt: options.salt, config: { Labels: options.labels } },
    `${OCI}.config.v1+json`,
  );
  const manifest = content(
    {
      schemaVersion: 2,
      mediaType: `${OCI}.manifest.v1+json`,
      config: { mediaType: config.mediaType, digest: config.digest, size: config.body.length },
      layers: [],
      annotations: options.annotations,
    },
    `${OCI}.manifest.v1+json`,
  );
  return { manifest, config };
}

/** An index over images by platform; without a mediaType field where `bare`. */
export function index(
  children: Readonly<Record<string, TestImage>>,
  options: { annotations?: Record<string, string>; bare?: boolean } = {},
): Content {
  const manifests = Object.entries(children).map(([platform, child]) => {
    const [os, architecture, variant] = platform.split('/');
    return {
      mediaType: child.manifest.mediaType,
      digest: child.manifest.digest,
      size: child.manifest.body.length,
      platform: { os, architecture, variant },
    };
  });
  const mediaType = `${OCI}.index.v1+json`;
  const value = {
    schemaVersion: 2,
    ...(options.bare ? {} : { mediaType }),
    manifests,
    annotations: options.annotations,
  };
  return content(value, mediaType);
}
