/** The JSON Schema of `.towpath.yaml`, for editors; made from the same table as the validator. */
import { configShape } from './config-shape.ts';
import type { JsonSchema } from './shape/shape.ts';

/** Draft 2020-12. Committed as schema/towpath.schema.json. */
export function configSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'towpath.schema.json',
    title: 'Towpath configuration, version 1',
    ...configShape().schema,
  };
}
