import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countVerbs, type TestCluster, testCluster } from '../control-plane/fixtures.ts';
import { custom, definition } from './support/manifests.ts';
import { type OpenedCluster, openCluster } from './support/open-cluster.ts';

let plane: TestCluster;
let opened: OpenedCluster;
let space: string;

beforeAll(async () => {
  plane = await testCluster();
  opened = await openCluster(await plane.kubeconfig('admin'));
  space = plane.namespace;
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await plane[Symbol.asyncDispose]();
});

const TEXT = { type: 'string' };

function short(rows: readonly { action: string; subject: string; reason: string }[]): string[] {
  return rows.map(({ action, subject, reason }) => `${action} ${subject}${reason === '' ? '' : `: ${reason}`}`);
}

describe('a custom resource definition', () => {
  it('comes with its resources in one run, in any order of the files', async () => {
    const kind = { group: `one.${space}.io`, kind: 'Widget' };
    const objects = [
      custom(kind, { name: 'w', namespace: space }, { size: 'big' }),
      definition({ ...kind, properties: { size: TEXT } }),
    ];
    expect(short((await opened.sync(objects)).rows)).toEqual([
      `created CustomResourceDefinition/widgets.${kind.group}`,
      `created Widget/${space}/w`,
    ]);
    const mark = await plane.mark();
    expect(short((await opened.sync(objects)).rows)).toEqual([
      `unchanged CustomResourceDefinition/widgets.${kind.group}`,
      `unchanged Widget/${space}/w`,
    ]);
    expect(countVerbs(await plane.since(mark))).toEqual({ get: 2 });
  });

  it('changes its schema before resources that need the new one', async () => {
    const kind = { group: `two.${space}.io`, kind: 'Widget' };
    for (const fields of [['a'], ['a', 'b'], ['a', 'b', 'c']]) {
      const properties = Object.fromEntries(fields.map((field) => [field, TEXT]));
      const spec = Object.fromEntries(fields.map((field) => [field, 'x']));
      const { rows } = await opened.sync([
        custom(kind, { name: 'w', namespace: space }, spec),
        definition({ ...kind, properties }),
      ]);
      expect(rows.map(({ action }) => action)).toEqual(
        fields.length === 1 ? ['created', 'created'] : ['configured', 'configured'],
      );
    }
  });

  it('gets a new version before resources that use it, which are then compared with what is there', async () => {
    const kind = { group: `three.${space}.io`, kind: 'Widget' };
    const properties = { size: TEXT };
    await opened.sync([
      definition({ ...kind, properties }),
      custom(kind, { name: 'w', namespace: space }, { size: 'x' }),
    ]);
    const versions = ['v1', 'v2'];
    const { rows } = await opened.sync([
      definition({ ...kind, properties, versions }),
      custom({ ...kind, version: 'v2' }, { name: 'w', namespace: space }, { size: 'x' }),
    ]);
    expect(short(rows)).toEqual([
      `configured CustomResourceDefinition/widgets.${kind.group}`,
      `configured Widget/${space}/w: recorded as owner, no value changed`,
    ]);
  });

  it('that is refused is named by the resources that need it', async () => {
    const kind = { group: `four.${space}.io`, kind: 'Widget' };
    const broken = definition({ ...kind, properties: { size: { type: 'text' } } });
    const { rows } = await opened.sync([custom(kind, { name: 'w', namespace: space }), broken]);
    expect(rows.map(({ action }) => action)).toEqual(['failed', 'failed']);
    expect(rows[0]?.reason).toContain('properties[size].type: Unsupported value: "text"');
    expect(rows[1]?.reason).toBe(
      `CustomResourceDefinition/widgets.${kind.group} could not be applied: ${rows[0]?.reason}`,
    );
  });

  it('whose names are taken is refused, and named as well', async () => {
    const group = `five.${space}.io`;
    await opened.sync([definition({ group, kind: 'Widget' })]);
    const late = { group, kind: 'Widget', plural: 'others' };
    const { rows } = await opened.sync([definition(late)]);
    expect(short(rows)).toEqual([
      `failed CustomResourceDefinition/others.${group}: its names are not accepted: "WidgetList" is already in use`,
    ]);
  });

  it('stays usable where its manifest is refused later', async () => {
    const kind = { group: `six.${space}.io`, kind: 'Widget' };
    const properties = { size: TEXT };
    await opened.sync([definition({ ...kind, properties })]);
    const { rows } = await opened.sync([
      definition({ ...kind, properties: { size: { type: 'text' } } }),
      custom(kind, { name: 'w', namespace: space }, { size: 'x' }),
    ]);
    expect(rows.map(({ action }) => action)).toEqual(['failed', 'created']);
  });
});

describe('a custom resource', () => {
  it('keeps integers beyond 2^53 to the last digit', async () => {
    const kind = { group: `seven.${space}.io`, kind: 'Widget' };
    const integer = { type: 'integer', format: 'int64' };
    const object = (count: bigint) => [
      definition({ ...kind, properties: { count: integer } }),
      custom(kind, { name: 'w', namespace: space }, { count }),
    ];
    await opened.sync(object(9007199254740993n));
    expect((await opened.sync(object(9007199254740993n))).rows[1]?.action).toBe('unchanged');
    expect((await opened.sync(object(9007199254740992n))).rows[1]?.action).toBe('configured');
  });

  it('whose defaults cannot be told from a change costs a question, never a write', async () => {
    const kind = { group: `eight.${space}.io`, kind: 'Widget' };
    const settings = { type: 'object', default: {}, properties: { level: { type: 'integer', default: 3 } } };
    const objects = [
      definition({ ...kind, properties: { settings } }),
      custom(kind, { name: 'w', namespace: space }, { settings: {} }),
    ];
    await opened.sync(objects);
    const mark = await plane.mark();
    expect((await opened.sync(objects)).rows[1]).toMatchObject({ action: 'unchanged', reason: '' });
    expect(countVerbs(await plane.since(mark))).toEqual({ get: 2, 'patch (dry run)': 1 });
  });

  it('of a deprecated version brings the warning of the server once', async () => {
    const kind = { group: `nine.${space}.io`, kind: 'Widget' };
    const version = { deprecated: true, deprecationWarning: 'Widget v1 is old' };
    const objects = [
      definition({ ...kind, version }),
      ...['a', 'b'].map((name) => custom(kind, { name, namespace: space })),
    ];
    const { problems } = await opened.sync(objects);
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'CLUSTER_WARNING',
        message: 'Widget v1 is old',
        subject: expect.stringMatching(`^Widget/${space}/[ab]$`),
        position: { file: 'manifests.yaml', line: expect.any(Number), col: 1 },
      },
    ]);
  });

  it('of a kind that another has installed is found by one question for all kinds', async () => {
    const kinds = ['Widget', 'Gizmo'].map((kind) => ({ group: `ten.${space}.io`, kind }));
    await opened.sync(kinds.map((kind) => definition(kind)));
    const mark = await plane.mark();
    const { rows } = await opened.sync(kinds.map((kind) => custom(kind, { name: 'x', namespace: space })));
    expect(rows.map(({ action }) => action)).toEqual(['created', 'created']);
    const asked = (await plane.since(mark)).filter(
      ({ requestURI }) => requestURI.startsWith('/apis?') || requestURI === '/apis',
    );
    expect(asked).toHaveLength(1);
  });
});
