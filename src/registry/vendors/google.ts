/**
 * Google's registries say in the plain listing which digest each tag has and when it was built and pushed.
 * Source: https://github.com/google/go-containerregistry/blob/main/pkg/v1/google/list.go
 */
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import { type Fields, isFields } from '../json.ts';
import type { Dialect } from '../plain-listing.ts';

/** The listing is whole where no page size is asked for. */
export const googleDialect: Dialect = { pageSize: undefined, factsOf };

function factsOf(page: Fields): ReadonlyMap<string, TagFacts> {
  const facts = new Map<string, TagFacts>();
  const manifests = isFields(page['manifest']) ? page['manifest'] : {};
  for (const [digest, manifest] of Object.entries(manifests)) {
    if (!isFields(manifest) || !Array.isArray(manifest['tag'])) continue;
    const isIndex = /index|list/.test(String(manifest['mediaType']));
    const pushedMs = timeOf(manifest['timeUploadedMs']);
    const createdMs = isIndex ? undefined : buildTime(timeOf(manifest['timeCreatedMs']), pushedMs);
    for (const tag of manifest['tag']) {
      if (typeof tag === 'string') facts.set(tag, { tag, digest, pushedMs, createdMs });
    }
  }
  return facts;
}

/**
 * The time in the image's config, in the words of the registry's makers. An index was not built itself and has none; and what is not before the
 * upload is the upload's own time, whatever it is called. Source: https://github.com/google/go-containerregistry/issues/1067
 */
function buildTime(createdMs: number | undefined, uploadedMs: number | undefined): number | undefined {
  if (createdMs === undefined || uploadedMs === undefined) return undefined;
  return createdMs < uploadedMs ? createdMs : undefined;
}

/** Text in one of the registries, a number in the other; 0 and less stand for no time. */
function timeOf(value: unknown): number | undefined {
  const ms = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isSafeInteger(ms) && ms > 0 ? ms : undefined;
}
