import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { codes, snippetsOf, tableOf } from './pages.ts';

const PAGE = 'docs/cloud-registries.md';

function logins() {
  return snippetsOf(PAGE)
    .filter(({ language }) => language === 'yaml towpath')
    .map(({ text }) => {
      const loaded = loadConfig(text, { file: '.towpath.yaml', variables: {} });
      return loaded.ok ? loaded.config.registries.map(({ login }) => login?.cloud) : [];
    });
}

describe('the page of cloud registries', () => {
  it('shows a login of each cloud', () => {
    expect(logins()).toEqual([['aws'], ['google'], ['azure']]);
  });

  it('shows a workflow whose job may ask for its identity', () => {
    const [workflow] = snippetsOf(PAGE).filter(({ language }) => language === 'yaml workflow');
    const { jobs } = parse(workflow?.text ?? '') as { jobs: Record<string, { permissions: object }> };
    expect(Object.values(jobs).map(({ permissions }) => permissions)).toEqual([
      { contents: 'write', 'id-token': 'write' },
    ]);
  });

  it('names in its table every cloud that a login can be for', () => {
    expect(tableOf(PAGE, { first: 'cloud' }).rows.flatMap(([cloud]) => codes(cloud))).toEqual(logins().flat());
  });
});
