/** Manifests as the rest of the program hands them over. */
import type { DesiredObject, JsonObject } from '../../../src/core/sync/desired-object.ts';
import { textAt } from '../../../src/core/sync/json.ts';

export function desired(object: JsonObject, line = 1): DesiredObject {
  return {
    apiVersion: textAt(object, 'apiVersion') ?? '',
    kind: textAt(object, 'kind') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
    namespace: textAt(object, 'metadata', 'namespace'),
    position: { file: 'manifests.yaml', line, col: 1 },
    object,
  };
}
