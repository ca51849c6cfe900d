import { describe, expect, it } from 'vitest';
import { readManifests } from '../../../src/core/generation/generated-manifests.ts';
import type { Generation } from '../../../src/core/generation/generation.ts';
import { planPolicyUpdates, unfinishedPolicies } from '../../../src/core/generation/policy-updates.ts';
import { bytesOf, documents, PATCHED } from './streams.ts';

const AT = { file: 'dev/.flux.yaml', line: 5, col: 9 };
const POLICY = { command: 'annotate', timeoutMs: undefined, position: AT };
const FILE = 'dev/.flux.yaml#1';

const stream = (annotations: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop, annotations: {${annotations}}}\n`;

function manifests(annotations: string, updaters = [{ containerImage: undefined, policy: POLICY }]) {
  const config = { kind: 'commandUpdated', position: AT, generators: [], updaters } as const;
  const generation: Generation = { ...PATCHED, patchPath: undefined, config };
  const read = readManifests({ generation, outputs: [bytesOf(stream(annotations))], patchFile: undefined });
  if (!read.ok) throw new Error('cannot be read');
  return read.manifests;
}

const wanted = (policies: Readonly<Record<string, string | null>>) =>
  new Map([[FILE, new Map(Object.entries(policies))]]);

describe('policies of generated workloads', () => {
  it('are asked for one by one, those that are as wanted left out', () => {
    const plan = planPolicyUpdates(
      manifests('flux.weave.works/locked: "true", fluxcd.io/automated: "true"'),
      wanted({ locked: 'true', locked_user: null, automated: null, 'tag.app': 'semver:~1' }),
    );
    const workload = {
      FLUX_WORKLOAD: 'shop:deployment/api',
      FLUX_WL_NS: 'shop',
      FLUX_WL_KIND: 'deployment',
      FLUX_WL_NAME: 'api',
    };
    expect(plan).toEqual({
      kind: 'updates',
      updates: [
        { commands: [POLICY], env: { ...workload, FLUX_POLICY: 'automated' } },
        { commands: [POLICY], env: { ...workload, FLUX_POLICY: 'tag.app', FLUX_POLICY_VALUE: 'semver:~1' } },
      ],
    });
  });

  it('are refused where no updater knows policies', () => {
    expect(planPolicyUpdates(manifests('', []), wanted({ locked: 'true' }))).toMatchObject({
      kind: 'refused',
      problem: { code: 'UPDATER_MISSING', position: AT, subject: 'Deployment/shop/api' },
    });
  });

  it.each([
    { name: 'is there as wanted', after: 'fluxcd.io/locked: "true"', policies: { locked: 'true' }, found: 0 },
    {
      name: 'is there under the older prefix',
      after: 'flux.weave.works/locked: true',
      policies: { locked: 'true' },
      found: 0,
    },
    { name: 'has another value', after: 'fluxcd.io/locked: "yes"', policies: { locked: 'true' }, found: 1 },
    { name: 'is missing', after: '', policies: { locked: 'true' }, found: 1 },
    { name: 'is gone as wanted', after: '', policies: { automated: null }, found: 0 },
    { name: 'has stayed', after: 'fluxcd.io/automated: "true"', policies: { automated: null }, found: 1 },
  ])('are done or not: one that $name', ({ after, policies, found }) => {
    const before = manifests('fluxcd.io/automated: "true"');
    const given = { wanted: wanted(policies), after: documents(stream(after)) };
    expect(unfinishedPolicies(before, given)).toHaveLength(found);
  });

  it('are not done where the workload is gone', () => {
    const given = { wanted: wanted({ locked: 'true' }), after: [] };
    expect(unfinishedPolicies(manifests(''), given)).toMatchObject([
      { code: 'UPDATER_IDLE', message: expect.stringContaining('is not generated any more') },
    ]);
  });
});
