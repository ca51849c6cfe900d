/** A custom kind with every list and map type that a schema can ask for, and with defaults. */
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import { type Body, body, maybe, some, text, uniqueBy, word } from './arbitrary-words.ts';

export function gadgetDefinition(group: string): JsonObject {
  const textSchema = { type: 'string' };
  const spec = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    properties: {
      anything: { 'x-kubernetes-preserve-unknown-fields': true },
      atomicList: { type: 'array', items: textSchema, 'x-kubernetes-list-type': 'atomic' },
      atomicMap: { type: 'object', additionalProperties: textSchema, 'x-kubernetes-map-type': 'atomic' },
      count: { type: 'integer', format: 'int64' },
      flavour: { type: 'string', default: 'plain' },
      keyed: {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name', 'zone'],
        items: {
          type: 'object',
          required: ['name'],
          properties: { name: textSchema, zone: { type: 'string', default: 'a' }, value: textSchema },
        },
      },
      nothing: { type: 'string', nullable: true },
      port: { 'x-kubernetes-int-or-string': true },
      ratio: { type: 'number' },
      set: { type: 'array', items: textSchema, 'x-kubernetes-list-type': 'set' },
      settings: { type: 'object', default: {}, properties: { level: { type: 'integer', default: 3 } } },
    },
  };
  const schema = {
    openAPIV3Schema: {
      type: 'object',
      properties: { spec, status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `gadgets.${group}` },
    spec: {
      group,
      names: { kind: 'Gadget', plural: 'gadgets' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema, subresources: { status: {} } }],
    },
  };
}

export function gadgetBody(): Body {
  return body({
    spec: body({
      anything: maybe(
        fc.oneof<fc.Arbitrary<JsonValue>[]>(
          fc.constantFrom<JsonValue>({ deep: [{ a: 1 }] }, [1, '2', null], 'text', 0),
        ),
      ),
      atomicList: maybe(some(text)),
      atomicMap: maybe(fc.dictionary(word, text, { maxKeys: 2 })),
      count: maybe(fc.constantFrom<JsonValue>(0, 5, 9007199254740993n, -1)),
      flavour: maybe(fc.constantFrom('plain', 'sweet')),
      keyed: maybe(uniqueBy(body({ name: word, zone: maybe(fc.constantFrom('a', 'b')), value: maybe(text) }), 'name')),
      nothing: maybe(fc.constantFrom<JsonValue>(null, 'x')),
      port: maybe(fc.constantFrom<JsonValue>(80, '80', 'http')),
      ratio: maybe(fc.constantFrom<JsonValue>(0.5, 1, 1e21)),
      set: maybe(fc.uniqueArray(word, { maxLength: 3 })),
      settings: maybe(fc.constantFrom<JsonObject[]>({ level: 0 }, { level: 1 })),
      unknown: maybe(fc.constantFrom<JsonValue>({ x: [] }, 'y', false)),
    }),
  });
}
