/** What others do to objects that are ours. */
import fc from 'fast-check';
import type { TestCluster } from '../../control-plane/fixtures.ts';

export interface ForeignEdit {
  readonly action: (typeof ACTIONS)[number];
  readonly manager: 'kubectl-edit' | 'kubectl-client-side-apply' | 'other-controller';
  /** Chooses among what the object offers. */
  readonly choice: number;
}

const ACTIONS = [
  'add a label',
  'change a label',
  'write labels again',
  'remove a field',
  'replace a value',
  'insert a value',
  'apply by force',
  'apply the same',
  'clear the owners',
  'drop some owners',
  'recreate',
] as const;

export const foreignEdit: fc.Arbitrary<ForeignEdit> = fc.record({
  // What changes values is what matters most.
  action: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...ACTIONS) },
    { weight: 3, arbitrary: fc.constantFrom('remove a field', 'replace a value', 'insert a value') },
  ),
  manager: fc.constantFrom('kubectl-edit', 'kubectl-client-side-apply', 'other-controller'),
  choice: fc.nat(),
});

// biome-ignore lint/suspicious/noExplicitAny: any object of any kind, as the server returned it
type Any = any;
type Path = readonly string[];

/** Makes the edit as the harness's administrator. False where the server refuses it, or the object offers no place for it. */
export async function makeForeignEdit(
  cluster: Pick<TestCluster, 'request'>,
  { path, edit }: { readonly path: string; readonly edit: ForeignEdit },
): Promise<boolean> {
  const live: Any = (await cluster.request('GET', path)).body;
  if (live.kind === 'Status') return false;
  const send = (contentType: string, body: unknown, query = '') =>
    cluster.request('PATCH', `${path}?fieldManager=${edit.manager}${query}`, { contentType, body });
  const merge = (metadata: Any) => send('application/merge-patch+json', { metadata });
  const operation = (op: Any) => send('application/json-patch+json', [op]);
  const apply = (body: Any) => {
    const { apiVersion, kind, metadata } = live;
    const identity = { apiVersion, kind, metadata: { name: metadata.name, ...body.metadata } };
    return send('application/apply-patch+yaml', { ...body, ...identity }, '&force=true');
  };
  const places = placesIn(live);
  const place = places[edit.choice % Math.max(places.length, 1)] ?? [];
  const done = await (async () => {
    switch (edit.action) {
      case 'add a label':
        return merge({ labels: { foreign: `x${edit.choice}` } });
      case 'change a label':
        return merge({ labels: { app: ['x', 'y', ''][edit.choice % 3] } });
      case 'write labels again':
        return merge({ labels: live.metadata.labels ?? {} });
      case 'clear the owners':
        return merge({ managedFields: [{}] });
      case 'drop some owners':
        return merge({
          managedFields: (live.metadata.managedFields ?? []).filter(
            (_: Any, index: number) => (edit.choice >> index) % 2,
          ),
        });
      case 'recreate':
        return recreate(cluster, { path, live, manager: edit.manager });
      case 'remove a field':
        return operation({ op: 'remove', path: pointer(place) });
      case 'replace a value':
        return operation({ op: 'replace', path: pointer(place), value: otherValue(valueAt(live, place), edit.choice) });
      case 'insert a value':
        return operation(INSERTIONS[edit.choice % INSERTIONS.length]);
      case 'apply by force':
        return apply(someOf(live, 'forced'));
      case 'apply the same':
        return apply(someOf(live, undefined));
    }
  })();
  return done.status < 300;
}

const INSERTIONS = [
  ...['/metadata/annotations/foreign', '/data/foreign', '/spec/unknown', '/spec/set/0'].map((path) => ({
    op: 'add',
    path,
    value: 'eg==',
  })),
  ...[
    '/spec/template/spec/containers/0/env/0',
    '/spec/jobTemplate/spec/template/spec/containers/0/env/0',
    '/spec/keyed/0',
  ].map((path) => ({ op: 'add', path, value: { name: 'foreign', value: 'x' } })),
  { op: 'add', path: '/spec/template/spec/containers/0', value: { name: 'sidecar', image: 'sidecar' } },
  { op: 'add', path: '/spec/ports/0', value: { name: 'foreign', port: 9999 } },
  { op: 'add', path: '/spec/replicas', value: 9 },
  { op: 'add', path: '/spec/minReadySeconds', value: 7 },
  { op: 'add', path: '/spec/template/spec/hostNetwork', value: true },
  { op: 'add', path: '/rules/0', value: { apiGroups: ['x'], resources: ['y'], verbs: ['get'] } },
];

/** Every place below what a manifest can set, inner ones first chosen as often as outer ones. */
function placesIn({ apiVersion: _version, kind: _kind, status: _status, metadata, ...rest }: Any): Path[] {
  const { labels, annotations } = metadata;
  return [
    ...pathsBelow(rest, []),
    ...pathsBelow({ labels, annotations }, ['metadata']).filter((path) => path.length > 2),
  ];
}

function pathsBelow(value: Any, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, child]) =>
    child === undefined ? [] : pathsBelow(child, [...path, key]),
  );
  return path.length === 0 ? below : [path, ...below];
}

function valueAt(object: Any, path: Path): Any {
  return path.reduce((value: Any, key) => value?.[key], object);
}

function pointer(path: Path): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function otherValue(value: Any, choice: number): unknown {
  const pick = (values: readonly unknown[]) => values[choice % values.length];
  if (typeof value === 'number') return pick([value + 1, 0, value * 2]);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') {
    return pick([`${value}x`, '', 'TCP', 'UDP', '2', '1000m', 'Always', Buffer.from(`${value}y`).toString('base64')]);
  }
  if (Array.isArray(value)) return pick([[], value.toReversed(), [...value, value[0]], value.slice(1)]);
  return pick([{}, null]);
}

function someOf(live: Any, value: string | undefined): Any {
  if (typeof live.spec?.replicas === 'number')
    return { spec: { replicas: value === undefined ? live.spec.replicas : 7 } };
  const [key] = Object.keys(live.data ?? {});
  if (key !== undefined) return { data: { [key]: value === undefined ? live.data[key] : 'Zm9yY2Vk' } };
  return { metadata: { labels: { app: value ?? live.metadata.labels?.app ?? 'x' } } };
}

async function recreate(
  cluster: Pick<TestCluster, 'request'>,
  { path, live, manager }: { readonly path: string; readonly live: Any; readonly manager: string },
) {
  const {
    managedFields: _owners,
    resourceVersion: _version,
    uid: _uid,
    generation: _generation,
    ...metadata
  } = live.metadata;
  await cluster.request('DELETE', `${path}?propagationPolicy=Background`);
  const collection = path.slice(0, path.lastIndexOf('/'));
  return cluster.request('POST', `${collection}?fieldManager=${manager}`, { body: { ...live, metadata } });
}
