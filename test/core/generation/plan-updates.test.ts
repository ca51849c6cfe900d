import { describe, expect, it } from 'vitest';
import { filesOf, type GeneratedManifests, readManifests } from '../../../src/core/generation/generated-manifests.ts';
import type { Generation } from '../../../src/core/generation/generation.ts';
import { joinChanges, planPatch } from '../../../src/core/generation/plan-patch.ts';
import {
  commandsOf,
  leftBehindWarning,
  planUpdates,
  policyVariables,
  unfinishedUpdates,
} from '../../../src/core/generation/updates.ts';
import type { ImageRow } from '../../../src/core/report/report.ts';
import { bytesOf, documents, PATCHED, patchFile } from './streams.ts';

const STREAM = `apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec: {template: {spec: {containers: [{name: api, image: "ghcr.io/acme/api:1"}]}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other, namespace: prod}
`;

const AT = { file: 'dev/.flux.yaml', line: 5, col: 9 };
const COMMAND = { command: 'update', timeoutMs: undefined, position: AT };
const POLICY = { command: 'annotate', timeoutMs: undefined, position: AT };

const COMMANDED: Generation = {
  ...PATCHED,
  patchPath: undefined,
  config: {
    kind: 'commandUpdated',
    position: AT,
    generators: [],
    updaters: [
      { containerImage: COMMAND, policy: POLICY },
      { containerImage: undefined, policy: POLICY },
    ],
  },
};

function manifests(generation: Generation, patch?: string): GeneratedManifests {
  const read = readManifests({
    generation,
    outputs: [bytesOf(STREAM)],
    patchFile: patch === undefined ? undefined : patchFile(patch),
  });
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.manifests;
}

const ROW: ImageRow = {
  subject: 'Deployment/api',
  container: 'api',
  image: 'ghcr.io/acme/api',
  from: '1',
  to: '2',
  action: 'updated',
  reason: '',
};

function rows(...list: ImageRow[]) {
  return new Map([['dev/.flux.yaml#1', list]]);
}

describe('changes of generated objects', () => {
  const changed = {
    path: 'dev/.flux.yaml#1',
    bytes: bytesOf(STREAM.split('---\n')[0]?.replace('api:1', 'api:2') ?? ''),
  };

  it('become one change of the patch file', () => {
    const plan = planPatch(manifests(PATCHED, ''), [changed, { path: 'other/file.yaml', bytes: bytesOf('x') }]);
    expect(plan).toEqual({ kind: 'change', change: { path: 'dev/flux-patch.yaml', bytes: expect.any(Uint8Array) } });
    expect(plan.kind === 'change' && Buffer.from(plan.change.bytes).toString()).toContain('image: ghcr.io/acme/api:2');
  });

  it('make the patch file where there is none', () => {
    expect(planPatch(manifests(PATCHED), [changed])).toMatchObject({ kind: 'change', change: { isNew: true } });
  });

  it('are none of the patch file where they are to other files', () => {
    expect(planPatch(manifests(PATCHED, ''), [{ path: 'other/file.yaml', bytes: bytesOf('x') }])).toEqual({
      kind: 'none',
    });
  });

  it('are refused where they cannot be read', () => {
    expect(planPatch(manifests(PATCHED, ''), [{ path: changed.path, bytes: bytesOf('a: [') }])).toMatchObject({
      kind: 'refused',
      problem: { position: { file: 'dev/.flux.yaml#1' } },
    });
  });

  it('stand for themselves as files', () => {
    expect(filesOf(manifests(PATCHED, '')).map(({ path }) => path)).toEqual(['dev/.flux.yaml#1', 'dev/.flux.yaml#2']);
  });
});

describe('patch files that environments share', () => {
  it('are written once where all agree', () => {
    const change = (text: string) => ({ path: 'p.yaml', bytes: bytesOf(text) });
    expect(joinChanges([change('a'), change('a'), { path: 'q.yaml', bytes: bytesOf('q') }])).toEqual({
      changes: [change('a'), { path: 'q.yaml', bytes: bytesOf('q') }],
      problems: [],
    });
    expect(joinChanges([change('a'), change('b')])).toMatchObject({
      changes: [],
      problems: [{ code: 'PATCH_CONFLICT', severity: 'error', subject: 'p.yaml' }],
    });
  });
});

describe('updaters', () => {
  it('are told what Flux told them', () => {
    const plan = planUpdates(manifests(COMMANDED), rows(ROW, { ...ROW, action: 'unchanged' }));
    expect(plan).toEqual({
      kind: 'updates',
      updates: [
        {
          commands: [COMMAND],
          env: {
            FLUX_WORKLOAD: 'default:deployment/api',
            FLUX_WL_NS: 'default',
            FLUX_WL_KIND: 'deployment',
            FLUX_WL_NAME: 'api',
            FLUX_CONTAINER: 'api',
            FLUX_IMG: 'ghcr.io/acme/api',
            FLUX_TAG: '2',
          },
        },
      ],
    });
  });

  it('of policies are told the policy, and no value where it is to go', () => {
    const [, other] = documents(STREAM);
    if (other === undefined) throw new Error('no document');
    const workload = {
      FLUX_WORKLOAD: 'prod:configmap/other',
      FLUX_WL_NS: 'prod',
      FLUX_WL_KIND: 'configmap',
      FLUX_WL_NAME: 'other',
    };
    expect(policyVariables(other.document, { name: 'locked', value: 'true' })).toEqual({
      ...workload,
      FLUX_POLICY: 'locked',
      FLUX_POLICY_VALUE: 'true',
    });
    expect(policyVariables(other.document, { name: 'locked', value: null })).toEqual({
      ...workload,
      FLUX_POLICY: 'locked',
    });
    const { config } = COMMANDED;
    expect(config.kind === 'commandUpdated' && commandsOf(config.updaters, 'policy')).toEqual([POLICY, POLICY]);
  });

  it('are nothing to ask for where no image changes', () => {
    expect(planUpdates(manifests(COMMANDED), rows({ ...ROW, action: 'unchanged' }))).toEqual({
      kind: 'updates',
      updates: [],
    });
  });

  it('have to be there', () => {
    const none: Generation = {
      ...COMMANDED,
      config: { kind: 'commandUpdated', position: AT, generators: [], updaters: [] },
    };
    expect(planUpdates(manifests(none), rows(ROW))).toMatchObject({
      kind: 'refused',
      problem: {
        code: 'UPDATER_MISSING',
        message: 'dev/.flux.yaml has no updater of images, and Deployment/api api is to become 2',
        position: AT,
        subject: 'Deployment/api',
      },
    });
  });

  it('take tags, with a digest or without, and no digest alone', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(planUpdates(manifests(COMMANDED), rows({ ...ROW, to: `2@${digest}` }))).toMatchObject({
      updates: [{ env: { FLUX_TAG: `2@${digest}` } }],
    });
    expect(planUpdates(manifests(COMMANDED), rows({ ...ROW, to: digest }))).toMatchObject({
      problem: { code: 'UPDATER_MISSING' },
    });
  });

  it('have done it when the new image is generated', () => {
    const after = (image: string) => documents(STREAM.replace('ghcr.io/acme/api:1', image));
    const check = (image: string) => unfinishedUpdates(manifests(COMMANDED), { rows: rows(ROW), after: after(image) });
    expect(check('ghcr.io/acme/api:2')).toEqual([]);
    expect(check('ghcr.io/acme/api:1')).toMatchObject([
      { code: 'UPDATER_IDLE', message: 'Deployment/api api is still generated with 1 after its update to 2' },
    ]);
    expect(check('elsewhere/api:2')).toMatchObject([
      { code: 'UPDATER_IDLE', message: 'Deployment/api api is not generated any more after its update to 2' },
    ]);
  });

  it('leave files, and are told of it', () => {
    expect(leftBehindWarning(manifests(COMMANDED), [])).toBeUndefined();
    expect(leftBehindWarning(manifests(COMMANDED), ['a', 'b', 'c', 'd', 'e'])).toMatchObject({
      severity: 'warning',
      message: 'updaters of dev/.flux.yaml left files that are not committed: a, b, c and 2 more',
    });
  });
});
