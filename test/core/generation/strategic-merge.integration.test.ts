/** Strategic-merge patches against kubectl's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exec } from '../../../src/base/exec.ts';
import { emitYaml } from '../../../src/core/generation/emit-yaml.ts';
import { applyEntry } from '../../../src/core/generation/patch-entry.ts';
import type { JsonObject } from '../../../src/core/sync/desired-object.ts';
import { ensureBinaries } from '../../control-plane/binaries.ts';
import { BUILD_TIMEOUT_MS } from '../../control-plane/fixtures.ts';
import { silentProgress } from '../../control-plane/progress.ts';

const OF = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api', namespace: 'prod' };

let kubectl: string;
let place: string;
beforeAll(async () => {
  ({ kubectl } = await ensureBinaries(['kubectl'], { progress: silentProgress }));
  place = mkdtempSync(path.join(tmpdir(), 'towpath-kubectl-'));
}, BUILD_TIMEOUT_MS);
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** `object` patched by kubectl, which reads it into Kubernetes' own types and writes it again. */
async function byKubectl(object: JsonObject, patch: JsonObject): Promise<unknown> {
  const file = path.join(place, 'object.yaml');
  writeFileSync(file, emitYaml(object));
  const args = ['patch', '--local', '-f', file, '--type', 'strategic', '-p', JSON.stringify(patch), '-o', 'json'];
  const result = await exec(kubectl, args, { env: { HOME: place, KUBECONFIG: '/dev/null' } });
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout.toString());
}

const NAMES = ['a', 'b', 'c', 'd'] as const;

function keyed<T extends object>(key: string, values: readonly (string | number)[], rest: fc.Arbitrary<T>) {
  const item = fc.tuple(fc.constantFrom(...values), rest).map(([value, more]) => ({ [key]: value, ...more }));
  return fc.uniqueArray(item, { maxLength: 4, selector: (one) => one[key] });
}

const ENV = keyed('name', ['A', 'B', 'C'], fc.record({ value: fc.constantFrom('1', '2') }));
const PORTS = keyed(
  'containerPort',
  [80, 443, 8080],
  fc.record({ name: fc.constantFrom('x', 'y') }, { requiredKeys: [] }),
);
const MOUNTS = keyed('mountPath', ['/a', '/b'], fc.record({ name: fc.constantFrom('v', 'w') }));

const CONTAINER = fc.record(
  {
    image: fc.constantFrom('img:1', 'img:2'),
    env: ENV,
    ports: PORTS,
    volumeMounts: MOUNTS,
    args: fc.array(fc.constantFrom('-a', '-b'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const POD = fc.record(
  {
    containers: keyed('name', NAMES, CONTAINER),
    initContainers: keyed('name', NAMES, CONTAINER),
    volumes: keyed('name', ['v', 'w'], fc.constantFrom<JsonObject>({ emptyDir: {} }, { secret: { secretName: 's' } })),
    imagePullSecrets: keyed('name', ['p', 'q'], fc.constant({})),
    tolerations: fc.array(fc.record({ key: fc.constantFrom('x', 'y') }), { maxLength: 2 }),
    nodeSelector: fc.dictionary(fc.constantFrom('m', 'n'), fc.constantFrom('1', '2'), { noNullPrototype: true }),
  },
  { requiredKeys: [] },
);

/** Patches do what objects cannot: they delete, replace, and set orders. */
const PATCH = fc
  .record({
    pod: POD,
    gone: fc.oneof(fc.subarray([...NAMES], { maxLength: 0 }), fc.subarray([...NAMES])),
    replaced: fc.boolean(),
    order: fc.option(fc.shuffledSubarray([...NAMES]), { nil: undefined }),
    nulls: fc.subarray(['nodeSelector', 'tolerations', 'volumes']),
  })
  .map(({ pod, gone, replaced, order, nulls }): JsonObject => {
    const containers = (pod.containers ?? []).filter((one) => !gone.includes(one['name'] as 'a'));
    const deletions = gone.map((name) => ({ name, $patch: 'delete' }));
    const marker = replaced ? [{ $patch: 'replace' }] : [];
    const names = containers.map((one) => one['name'] ?? '');
    // An order has to name what the patch holds, in the same order. None beside deletions: there kubectl's result
    // depends on how its lists share memory.
    const rest = (order ?? []).filter((name) => !names.includes(name) && !gone.includes(name));
    const ordered =
      order === undefined || replaced || gone.length > 0 || containers.length === 0
        ? {}
        : { '$setElementOrder/containers': [...names, ...rest].map((name) => ({ name })) };
    return {
      ...(pod as unknown as JsonObject),
      containers: [...containers, ...deletions, ...marker] as unknown as JsonObject[],
      ...ordered,
      ...Object.fromEntries(nulls.map((field) => [field, null])),
    };
  });

function deployment(pod: JsonObject): JsonObject {
  const metadata = { name: OF.name, namespace: OF.namespace };
  return { apiVersion: OF.apiVersion, kind: OF.kind, metadata, spec: { template: { spec: pod } } };
}

describe('a strategic-merge patch', () => {
  it('does what kubectl does', async () => {
    await fc.assert(
      fc.asyncProperty(POD, PATCH, async (pod, patch) => {
        const object = deployment(pod as unknown as JsonObject);
        const asked = deployment(patch);
        const ours = applyEntry(OF, object, asked);
        // An empty patch brings ours into the same form: with the fields that the types always have.
        expect(await byKubectl(ours, {})).toEqual(await byKubectl(object, asked));
      }),
      { numRuns: 40 },
    );
  });

  it('refuses an order that contradicts it, as kubectl does', async () => {
    const object = deployment({ containers: [{ name: 'a' }, { name: 'b' }] });
    const patch = deployment({
      '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }],
      containers: [{ name: 'b' }, { name: 'a' }],
    });
    expect(() => applyEntry(OF, object, patch)).toThrow('is not in the order');
    await expect(byKubectl(object, patch)).rejects.toThrow('order in patch list');
  });
});
